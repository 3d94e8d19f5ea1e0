package alphadistill.vision.teacher;

import alphadistill.engine.checkpoint.TensorSource;
import alphadistill.engine.kernels.Activation;
import alphadistill.engine.kernels.HostCopy;
import alphadistill.engine.kernels.Window;
import alphadistill.vision.cnn.Layer;
import alphadistill.vision.cnn.LayerList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** The small network twice: as Deeplearning4j trains it, and as the layer list that answers. */
final class SmallCnnGraph {
  private static final double EPSILON = 1e-5;
  private static final double DECAY = 0.9; // of running statistics; momentum 0.1 in other words

  private SmallCnnGraph() {}

  static ComputationGraph initial(SmallCnnSpec spec, int height, int width, int classes) {
    ComputationGraphConfiguration.GraphBuilder builder = new NeuralNetConfiguration.Builder()
        .seed(spec.seed())
        .dataType(DataType.FLOAT)
        .weightInit(WeightInit.RELU)
        .updater(new Adam(spec.rate()))
        .graphBuilder()
        .addInputs("pictures")
        .setInputTypes(InputType.convolutional(height, width, 3));
    String x = "pictures";
    for (int stage = 0; stage < spec.widths().size(); stage++) {
      int stride = stride(stage);
      builder.addLayer(
          "conv" + stage,
          new ConvolutionLayer.Builder(3, 3)
              .nOut(spec.widths().get(stage))
              .stride(stride, stride)
              .padding(1, 1)
              .hasBias(false)
              .activation(org.nd4j.linalg.activations.Activation.IDENTITY)
              .build(),
          x);
      builder.addLayer(
          "norm" + stage,
          new BatchNormalization.Builder()
              .eps(EPSILON)
              .decay(DECAY)
              .useLogStd(false) // keep the variance itself
              .activation(org.nd4j.linalg.activations.Activation.IDENTITY)
              .build(),
          "conv" + stage);
      x = "relu" + stage;
      builder.addLayer(
          x,
          new ActivationLayer.Builder()
              .activation(org.nd4j.linalg.activations.Activation.RELU)
              .build(),
          "norm" + stage);
    }
    ComputationGraph graph = new ComputationGraph(builder
        .addLayer(
            "mean",
            new GlobalPoolingLayer.Builder().poolingType(PoolingType.AVG).build(),
            x)
        .addLayer(
            "head",
            new OutputLayer.Builder(new LossMCXENT())
                .nOut(classes)
                .activation(org.nd4j.linalg.activations.Activation.SOFTMAX)
                .build(),
            "mean")
        .setOutputs("head")
        .build());
    graph.init();
    return graph;
  }

  private static int stride(int stage) {
    return stage == 0 ? 1 : 2;
  }

  static LayerList layers(SmallCnnSpec spec, int classes) {
    List<Layer> layers = new ArrayList<>();
    String x = LayerList.INPUT;
    int in = 3;
    for (int stage = 0; stage < spec.widths().size(); stage++) {
      int out = spec.widths().get(stage);
      String conv = "conv" + stage;
      String norm = "norm" + stage;
      Window window = Window.square(3, stride(stage), 1);
      layers.add(new Layer.Convolution(conv, x, in, out, window, 1, conv + ".weight_oihw", null));
      layers.add(new Layer.BatchNorm(
          norm,
          conv,
          out,
          EPSILON,
          norm + ".gamma",
          norm + ".beta",
          norm + ".running_mean",
          norm + ".running_var",
          null));
      x = "relu" + stage;
      layers.add(new Layer.Activate(x, norm, Activation.RELU));
      in = out;
    }
    layers.add(new Layer.GlobalAverage("mean", x));
    layers.add(new Layer.Linear("head", "mean", in, classes, "head.weight_oi", "head.bias"));
    return new LayerList("small-cnn", 3, layers, Map.of());
  }

  /** The trained values under the layer list's names. */
  static Map<String, INDArray> tensors(ComputationGraph graph, SmallCnnSpec spec) {
    Map<String, INDArray> tensors = new LinkedHashMap<>();
    for (int stage = 0; stage < spec.widths().size(); stage++) {
      String norm = "norm" + stage;
      tensors.put(
          "conv" + stage + ".weight_oihw", graph.getParam("conv" + stage + "_W").dup('c'));
      tensors.put(norm + ".gamma", vector(graph.getParam(norm + "_gamma")));
      tensors.put(norm + ".beta", vector(graph.getParam(norm + "_beta")));
      tensors.put(norm + ".running_mean", vector(graph.getParam(norm + "_mean")));
      tensors.put(norm + ".running_var", vector(graph.getParam(norm + "_var")));
    }
    tensors.put("head.weight_oi", graph.getParam("head_W").transpose().dup('c'));
    tensors.put("head.bias", vector(graph.getParam("head_b")));
    return tensors;
  }

  private static INDArray vector(INDArray row) {
    return row.dup('c').reshape(row.length());
  }

  /** Tensors in memory. */
  record Tensors(Map<String, INDArray> tensors) implements TensorSource {
    @Override
    public String origin() {
      return "the network trained here";
    }

    @Override
    public Set<String> names() {
      return tensors.keySet();
    }

    @Override
    public long[] shape(String name) {
      return tensors.get(name).shape();
    }

    @Override
    public float[] floats(String name) {
      return HostCopy.floats(tensors.get(name));
    }
  }
}
