package alphadistill.cli.vision;

import static alphadistill.cli.compare.ComparisonJson.put;

import alphadistill.backtest.significance.Spread;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** {@code metrics.json}: every headline figure of a run, and no time or machine, so that equal runs have equal bytes. */
final class VisionMetrics {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private VisionMetrics() {}

  static String of(VisionResults results) {
    ObjectNode json = JSON.createObjectNode();
    json.put("testPictures", results.truth().pictures());
    put(json, "teacherAccuracy", results.teacherAccuracy());
    for (VisionResults.Variant variant : results.variants()) {
      ObjectNode node = json.withArray("variants").addObject();
      node.put("variant", VisionUnits.label(variant.kind()));
      putSpread(node, "accuracy", variant.both());
      putSpread(node, "accuracyClassHead", variant.classHead());
      putSpread(node, "accuracyDistHead", variant.distHead());
      putSpread(node, "agreementWithTeacher", variant.withTeacher());
      putSpread(node, "agreementWithTeacherClassHead", variant.classHeadWithTeacher());
      putSpread(node, "agreementWithTeacherDistHead", variant.distHeadWithTeacher());
      putSpread(node, "agreementOfHeads", variant.headsAgree());
      for (double cosine : variant.tokenCosine()) {
        node.withArray("tokenCosine").add(cosine);
      }
    }
    for (VisionResults.Difference pair : results.differences()) {
      ObjectNode node = json.withArray("differences").addObject();
      node.put("variant", VisionUnits.label(pair.variant()));
      node.put("against", VisionUnits.label(pair.against()));
      putSpread(node, "accuracy", pair.accuracy().seeds());
      put(node, "low", pair.accuracy().interval().low());
      put(node, "high", pair.accuracy().interval().high());
    }
    return json.toPrettyString() + "\n";
  }

  private static void putSpread(ObjectNode node, String name, Spread spread) {
    ObjectNode inside = node.putObject(name);
    put(inside, "mean", spread.mean());
    put(inside, "deviation", spread.deviation());
    for (double value : spread.values()) {
      if (Double.isFinite(value)) {
        inside.withArray("bySeed").add(value);
      }
    }
  }
}
