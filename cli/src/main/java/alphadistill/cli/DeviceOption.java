package alphadistill.cli;

import alphadistill.engine.device.ComputeDevice;
import alphadistill.engine.device.Device;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The device that a command trains or predicts on. */
final class DeviceOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      converter = Converter.class,
      description =
          "cpu, cuda, cuda:1 for the second GPU, or auto: what this build computes on; default: ${DEFAULT-VALUE}")
  private Device wanted;

  static final class Converter implements ITypeConverter<Device> {
    @Override
    public Device convert(String word) {
      try {
        return Device.parse(word);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /**
   * Finds the device, and says in one line what the user should know of it.
   *
   * @throws alphadistill.engine.device.DeviceException if it cannot be used
   */
  ComputeDevice choose() {
    ComputeDevice device = ComputeDevice.choose(wanted);
    if (!device.note().isEmpty()) {
      spec.commandLine().getErr().println("alphadistill: " + device.note());
      spec.commandLine().getErr().flush();
    }
    return device;
  }
}
