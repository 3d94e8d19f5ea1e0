package alphadistill.engine.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.engine.kernels.CpuKernels;
import alphadistill.engine.kernels.Nd4jKernels;
import alphadistill.engine.layer.BodySpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComputeDeviceTest {
  private static final NvidiaDriver AMPERE = NvidiaDriver.read("""
      0, NVIDIA A100-SXM4-40GB, 8.0, 40960, 40000, 535.104.05
      1, NVIDIA H100 PCIe, 9.0, 81559, 81000, 535.104.05
      2, NVIDIA GeForce RTX 4090, 8.9, 24564, 1024, 535.104.05
      """);
  private static final NvidiaDriver NONE = NvidiaDriver.ask("no-such-nvidia-smi");

  @ParameterizedTest
  @CsvSource({"auto,AUTO,0", "cpu,CPU,0", "cuda,CUDA,0", "cuda:0,CUDA,0", "cuda:12,CUDA,12"})
  void readsTheWordsForDevices(String word, Device.Kind kind, int number) {
    assertThat(Device.parse(word)).isEqualTo(new Device(kind, number));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gpu", "cpu:1", "auto:0", "cuda:", "cuda:-1", "cuda:x", "CUDA"})
  void refusesOtherWords(String word) {
    assertThatThrownBy(() -> Device.parse(word))
        .hasMessage("'%s' is no device: it is auto, cpu, cuda, or cuda:1 for the second GPU", word);
  }

  @Test
  void theCudaBuildSaysInOneSentenceThatThereIsNoDriver() {
    for (String word : List.of("auto", "cuda", "cuda:1")) {
      assertThatThrownBy(() -> choose(word, Backend.CUDA, NONE, null))
          .isInstanceOf(DeviceException.class)
          .hasMessage(
              "the CUDA build needs an NVIDIA GPU, but this machine has no NVIDIA driver (no nvidia-smi on the PATH): install the driver, or compute with --device cpu");
    }
  }

  @Test
  void theCudaBuildTakesTheGpuThatWasAskedFor() {
    ComputeDevice first = choose("auto", Backend.CUDA, AMPERE, null);
    assertThat(first.isGpu()).isTrue();
    assertThat(first.workers()).isEqualTo(1);
    assertThat(first.kernels(4)).isInstanceOf(Nd4jKernels.class);
    assertThat(first)
        .hasToString("cuda:0 NVIDIA A100-SXM4-40GB (compute capability 8.0, 40.0 GiB)");
    assertThat(choose("cuda:2", Backend.CUDA, AMPERE, "2").toString())
        .startsWith("cuda:2 NVIDIA GeForce");
    assertThat(choose("auto", Backend.CUDA, AMPERE, "2").toString())
        .startsWith("cuda:2 NVIDIA GeForce");
  }

  @Test
  void refusesAGpuThatTheProcessCannotSee() {
    assertThatThrownBy(() -> choose("cuda:2", Backend.CUDA, AMPERE, "0"))
        .hasMessageContaining("CUDA_VISIBLE_DEVICES=2");
    assertThatThrownBy(() -> choose("cuda:5", Backend.CUDA, AMPERE, "5"))
        .hasMessageStartingWith("there is no GPU cuda:5; the driver names cuda:0 NVIDIA A100");
  }

  @Test
  void refusesAGpuWithoutCodeBeforeAnythingIsTrained() {
    assertThatThrownBy(() -> choose("cuda:1", Backend.CUDA, AMPERE, "1"))
        .hasMessage(
            "NVIDIA H100 PCIe (compute capability 9.0, 79.6 GiB) cannot be used: ND4J's CUDA backend has machine code for compute capabilities 3.7 and 5.0 to 8.9 only, and nothing that the driver could translate: compute with --device cpu, or on a GPU from Maxwell to Ada");
    NvidiaDriver old = NvidiaDriver.read("0, Tesla K80, 3.7, 11441, 11000, 418.87");
    assertThatThrownBy(() -> choose("cuda", Backend.CUDA, old, null))
        .hasMessageEndingWith("CUDA 11 needs 450 or newer: update the driver");
  }

  @ParameterizedTest
  @CsvSource({
    "3,0,false",
    "3,5,false",
    "3,7,true",
    "5,0,true",
    "5,3,true",
    "6,1,true",
    "7,0,true",
    "7,5,true",
    "8,0,true",
    "8,6,true",
    "8,9,true",
    "9,0,false",
    "10,0,false",
    "12,0,false"
  })
  void knowsWhichGpusHaveCode(int major, int minor, boolean runs) {
    assertThat(CudaCode.runsOn(new Gpu(0, "", major, minor, 1, 1))).isEqualTo(runs);
  }

  @Test
  void theCpuBuildComputesOnTheCpuAndSaysSoWhereAGpuStandsIdle() {
    ComputeDevice device = choose("auto", Backend.CPU, AMPERE, null);
    assertThat(device.isGpu()).isFalse();
    assertThat(device.kernels(1)).isInstanceOf(CpuKernels.class);
    assertThat(device.note())
        .isEqualTo(
            "computing on the CPU, as this build does; for the NVIDIA A100-SXM4-40GB (compute capability 8.0, 40.0 GiB) start with --device cuda:0");
    assertThat(choose("auto", Backend.CPU, NONE, null).note()).isEmpty();
    assertThat(choose("cpu", Backend.CPU, AMPERE, null).note()).isEmpty();
  }

  @Test
  void refusesWhatTheBuildCannotDo() {
    assertThatThrownBy(() -> choose("cuda", Backend.CPU, AMPERE, null))
        .hasMessageContaining("ALPHADISTILL_BACKEND=cuda");
    assertThatThrownBy(() -> choose("cpu", Backend.CUDA, AMPERE, null))
        .hasMessageContaining("ALPHADISTILL_BACKEND=cpu");
  }

  @Test
  void saysWhyTheDriverCannotBeUsed() {
    assertThat(NvidiaDriver.read("").problem()).isEqualTo("the NVIDIA driver sees no GPU");
    assertThat(NvidiaDriver.read("0, Tesla K80, [N/A], 11441, 11000, 390.1").problem())
        .startsWith("the NVIDIA driver is too old to name");
    assertThat(NvidiaDriver.ask("false").problem())
        .isEqualTo("the NVIDIA driver does not work: nvidia-smi says 'nothing'");
  }

  @Test
  void predictsThatATrainingDoesNotFit() {
    ComputeDevice busy = choose("cuda:2", Backend.CUDA, AMPERE, "2"); // 1 GiB free
    BodySpec base = BodySpec.deit(768, 12, 12, 1000, true, 0.1);
    MemoryNeed need = MemoryNeed.ofTraining(busy, base, 196, 150_528, true, 64, false, false);
    assertThatThrownBy(() -> busy.requireRoom(need, 1))
        .hasMessageMatching(
            "a training needs about \\d+\\.\\d GiB, the NVIDIA GeForce RTX 4090 has 1.0 GiB free: make batches smaller, or set training.recompute=true");
    assertThatThrownBy(() -> busy.requireRoom(need(600L << 20), 2))
        .hasMessage(
            "2 trainings beside each other need about 600 MiB each, the NVIDIA GeForce RTX 4090 has 1.0 GiB free: make batches smaller, or set training.recompute=true or workers=1");
    assertThat(busy.requireRoom(need(600L << 20), 1))
        .startsWith(
            "memory: a training needs about 600 MiB, the NVIDIA GeForce RTX 4090 has 1.0 GiB free (weights 600,");
    ComputeDevice.cpu().requireRoom(need(1 << 20), 2);
    assertThatThrownBy(() -> ComputeDevice.cpu().requireRoom(need(1L << 50), 1))
        .hasMessageContaining("this machine has");
  }

  @Test
  void readsTheLimitsOfJavaCpp() {
    assertThat(HostMemory.limit("8g")).isEqualTo(8L << 30);
    assertThat(HostMemory.limit("512M")).isEqualTo(512L << 20);
    assertThat(HostMemory.limit("1000")).isEqualTo(1000);
    assertThat(HostMemory.limit("0")).isEqualTo(Long.MAX_VALUE);
    assertThat(HostMemory.limit(null)).isEqualTo(Long.MAX_VALUE);
  }

  private static ComputeDevice choose(
      String word, Backend backend, NvidiaDriver driver, String visible) {
    return ComputeDevice.choose(
        Device.parse(word), backend, () -> driver, Optional.ofNullable(visible));
  }

  private static MemoryNeed need(long bytes) {
    return new MemoryNeed(bytes, 0, 0, 0, 0, 0, 0, 0);
  }
}
