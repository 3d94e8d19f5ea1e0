package alphadistill.vision.weights;

import java.util.List;

/** Names of a DeiT's tensors in timm and elsewhere. Only whole words between dots are exchanged. */
final class TensorNames {
  private TensorNames() {}

  private record Pair(String huggingFace, String timm) {}

  /** A longer name stands before one that is part of it. */
  private static final List<Pair> PAIRS = List.of(
      new Pair("embeddings.cls_token", "cls_token"),
      new Pair("embeddings.distillation_token", "dist_token"),
      new Pair("embeddings.position_embeddings", "pos_embed"),
      new Pair("embeddings.patch_embeddings.projection", "patch_embed.proj"),
      new Pair("encoder.layer", "blocks"),
      new Pair("layernorm_before", "norm1"),
      new Pair("layernorm_after", "norm2"),
      new Pair("attention.output.dense", "attn.proj"),
      new Pair("attention.attention", "attn"),
      new Pair("intermediate.dense", "mlp.fc1"),
      new Pair("output.dense", "mlp.fc2"),
      new Pair("layernorm", "norm"),
      new Pair("distillation_classifier", "head_dist"),
      new Pair("cls_classifier", "head"),
      new Pair("classifier", "head"));

  private static final List<String> ATTENTION = List.of("query", "key", "value");

  /**
   * timm's name of a tensor named by Hugging Face, without the model's prefix; query, key and value keep their words:
   * {@code blocks.0.attn.query.weight}.
   */
  static String timm(String huggingFace) {
    String name = "." + huggingFace + ".";
    for (Pair pair : PAIRS) {
      name = name.replace("." + pair.huggingFace() + ".", "." + pair.timm() + ".");
    }
    return name.substring(1, name.length() - 1);
  }

  /** Hugging Face's name, with the prefix that its class for the model wants; heads have none. */
  static String huggingFace(String timm, boolean distilled) {
    String name = "." + timm + ".";
    for (Pair pair : PAIRS) {
      name = name.replace("." + pair.timm() + ".", "." + pair.huggingFace() + ".");
    }
    name = name.substring(1, name.length() - 1);
    if (timm.startsWith("head")) {
      return distilled ? name : name.replace("cls_classifier", "classifier");
    }
    return (distilled ? "deit." : "vit.") + name;
  }

  /** {@code gamma_1} as {@code ls1.gamma}, other names as they are. */
  static String layerScale(String name) {
    return name.replaceFirst("\\.gamma_([12])$", ".ls$1.gamma");
  }

  /** {@code ls1.gamma} as {@code gamma_1}, other names as they are. */
  static String gamma(String name) {
    return name.replaceFirst("\\.ls([12])\\.gamma$", ".gamma_$1");
  }

  /** Names of the thirds of a {@code blocks.0.attn.qkv.weight}, in the order of its rows. */
  static List<String> attentionParts(String packed) {
    return ATTENTION.stream()
        .map(part -> packed.replace(".attn.qkv.", ".attn." + part + "."))
        .toList();
  }

  /** The packed name of a part; other names as they are. */
  static String packed(String part) {
    return part.replaceFirst("\\.attn\\.(query|key|value)\\.", ".attn.qkv.");
  }
}
