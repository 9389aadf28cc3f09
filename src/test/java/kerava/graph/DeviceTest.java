package kerava.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class DeviceTest {
  @Test
  void readsTheChoices() {
    assertEquals(Device.auto(), Device.parse("auto"));
    assertEquals(Device.cpu(), Device.parse("cpu"));
    assertEquals(Device.gpu(0), Device.parse("gpu"));
    assertEquals(Device.gpu(12), Device.parse("gpu:12"));
    assertEquals(Device.cpu(1), Device.parse("cpu:1"));
    for (String text : List.of("auto", "cpu", "cpu:3", "gpu:0", "gpu:12")) {
      assertEquals(text, Device.parse(text).toString());
    }
    for (String text : List.of("", "GPU", "gpu:", "gpu:x", "gpu:-1", "gpu:99999999999", "tpu")) {
      assertEquals(
          "device: expected auto, cpu, gpu or gpu:N, got \"" + text + "\".",
          assertThrows(IllegalArgumentException.class, () -> Device.parse(text)).getMessage());
    }
  }

  @Test
  void listsTheProcessor() {
    List<Devices.Info> devices = Devices.list();
    assertTrue(
        devices.stream().anyMatch(d -> d.name().equals("/device:CPU:0") && d.type().equals("CPU")),
        devices.toString());
    assertTrue(devices.stream().allMatch(device -> device.memoryBytes() > 0));
    assertEquals(
        devices.stream().filter(device -> device.type().equals("GPU")).count(), Devices.gpuCount());
  }

  @Test
  void refusesAGpuThatIsNotThereWhereTensorFlowWouldUseTheProcessor() {
    assumeTrue(Devices.gpuCount() == 0);
    try (Network network = Network.create(1)) {
      String message =
          assertThrows(
                  IllegalStateException.class,
                  () -> network.start(SessionOptions.on(Device.gpu(0))))
              .getMessage();
      assertTrue(
          message.startsWith("device gpu:0: expected a GPU that TensorFlow sees, got none. "),
          message);
      assertTrue(message.contains("KERAVA_GPU=1") || message.contains("missing"), message);
    }
  }
}
