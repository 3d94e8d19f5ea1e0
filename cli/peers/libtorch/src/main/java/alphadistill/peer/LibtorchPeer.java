package alphadistill.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The networks of {@code alphadistill bench engine} in libtorch: one step for each line on standard input.
 *
 * <p>Arguments: {@code image} or {@code window}, {@code train} or {@code infer}, batch, tokens, features of a token,
 * width, depth, heads, threads, {@code fused} or {@code explicit} attention. Prints {@code libtorch VERSION} once it is
 * ready, then the seconds of each step; to {@code check} it says the number of its parameters and what two steps gave.
 */
final class LibtorchPeer {
  private static final double RATE = 5e-4;
  private static final double DECAY = 0.05;

  private final Distilled network;
  private final Tensor inputs;
  private final Tensor labels;
  private final Tensor answers; // of the teacher
  private final boolean image;
  private final AdamW optimiser; // null when there is no training

  private LibtorchPeer(Distilled.Sizes sizes, boolean training, int batch) {
    network = new Distilled(sizes);
    image = sizes.image();
    inputs = Numbers.tensor(0, 3, sizes.inputs(batch));
    labels = image ? Numbers.classes(batch, sizes.outputs(), 37) : Numbers.tensor(0, 3, batch, 1);
    answers = image ? Numbers.classes(batch, sizes.outputs(), 53) : Numbers.tensor(0, 1, batch, 1);
    optimiser = training ? optimiser(network) : null;
  }

  private static AdamW optimiser(Distilled network) {
    AdamWOptions options = new AdamWOptions(RATE);
    options.weight_decay().put(DECAY);
    return new AdamW(new TensorVector(network.parameters().toArray(Tensor[]::new)), options);
  }

  public static void main(String[] arguments) throws IOException {
    int[] numbers = new int[7];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Integer.parseInt(arguments[2 + i]);
    }
    torch.set_num_threads(numbers[6]);
    LibtorchPeer peer = new LibtorchPeer(
        new Distilled.Sizes(
            arguments[0].equals("image"),
            numbers[1],
            numbers[2],
            numbers[3],
            numbers[4],
            numbers[5],
            arguments[9].equals("fused")),
        arguments[1].equals("train"),
        numbers[0]);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println("libtorch " + version());
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.equals("check")) {
        out.println(peer.count() + " " + peer.step() + " " + peer.step());
        continue;
      }
      long begun = System.nanoTime();
      peer.step();
      out.println((System.nanoTime() - begun) * 1e-9);
    }
  }

  /** Such as {@code 2.10.0}: the library does not tell, its jar does. */
  private static String version() throws IOException {
    Properties properties = new Properties();
    try (InputStream in =
        torch.class.getResourceAsStream("/META-INF/maven/org.bytedeco/pytorch/pom.properties")) {
      properties.load(in);
    }
    return properties.getProperty("version").replaceFirst("-.*", "");
  }

  private long count() {
    return network.parameters().stream().mapToLong(Tensor::numel).sum();
  }

  /** The loss of a training step, or the mean square of what inference says. */
  @SuppressWarnings("try") // a scope is held, not used
  private double step() {
    try (PointerScope scope = new PointerScope()) {
      return optimiser == null ? infer() : train();
    }
  }

  private double train() {
    Distilled.Heads heads = network.forward(inputs);
    Tensor loss = distance(heads.forecast(), labels)
        .add(distance(heads.taught(), answers))
        .mul(new Scalar(0.5));
    loss.backward();
    optimiser.step();
    optimiser.zero_grad();
    return loss.item_float();
  }

  @SuppressWarnings("try") // as above
  private double infer() {
    try (InferenceMode none = new InferenceMode()) {
      Distilled.Heads heads = network.forward(inputs);
      return heads
          .forecast()
          .add(heads.taught())
          .mul(new Scalar(0.5))
          .square()
          .mean()
          .item_float();
    }
  }

  private Tensor distance(Tensor said, Tensor target) {
    return image ? torch.cross_entropy_loss(said, target) : torch.mse_loss(said, target);
  }
}
