package alphadistill.cli.device;

import alphadistill.cli.bench.DeviceBench;
import alphadistill.cli.run.Provenance;
import alphadistill.engine.device.ComputeDevice;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A check of a device as JSON, with where it was made. */
public final class DeviceRecord {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private DeviceRecord() {}

  /** NaN is {@code null}. */
  public static String json(ComputeDevice device, DeviceCheck.Result result) {
    ObjectNode json = JSON.createObjectNode();
    json.put("device", device.toString());
    json.put("holds", result.holds());
    for (DeviceCheck.Finding finding : result.findings()) {
      ObjectNode node = json.withArray("findings").addObject();
      node.put("part", finding.part()).put("holds", finding.holds());
      node.put("found", finding.found()).put("demanded", finding.demanded());
      ObjectNode gaps = node.putObject("gaps");
      finding.gaps().forEach((name, gap) -> put(gaps, name, gap));
    }
    var losses = json.putArray("losses");
    result.losses().forEach(loss -> {
      if (Double.isFinite(loss)) {
        losses.add(loss);
      } else {
        losses.addNull();
      }
    });
    if (result.speed() != null) {
      speed(json.putObject("benchmark"), result.speed());
    }
    ObjectNode provenance = json.putObject("provenance");
    Provenance.here().facts().forEach(provenance::put);
    return json.toPrettyString() + "\n";
  }

  private static void speed(ObjectNode node, DeviceBench.Result speed) {
    node.put("work", "training step of a distilled DeiT-Ti").put("unit", "samples/s");
    put(node, "ours", speed.ours());
    put(node, "theirs", speed.theirs());
    put(node, "ratio", speed.ratio());
    node.put("peer", speed.peer());
  }

  private static void put(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }
}
