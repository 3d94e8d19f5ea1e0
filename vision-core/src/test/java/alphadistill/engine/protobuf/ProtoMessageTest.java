package alphadistill.engine.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Bytes as the encoding guide of protocol buffers spells them out. */
class ProtoMessageTest {

  @Test
  void wholeNumbersAreVarints() {
    assertThat(hex(new ProtoMessage().whole(1, 150))).isEqualTo("089601");
    assertThat(hex(new ProtoMessage().whole(1, 0))).isEqualTo("0800");
    assertThat(hex(new ProtoMessage().whole(1, 127).whole(1, 128))).isEqualTo("087f088001");
    assertThat(hex(new ProtoMessage().whole(1, -2))).isEqualTo("08feffffffffffffffff01");
    assertThat(hex(new ProtoMessage().whole(20, 1))).isEqualTo("a00101");
  }

  @Test
  void realNumbersAreLittleEndian() {
    assertThat(hex(new ProtoMessage().real32(2, 0.5f))).isEqualTo("150000003f");
    assertThat(hex(new ProtoMessage().real64(1, -2))).isEqualTo("0900000000000000c0");
  }

  @Test
  void textsAndMessagesCarryTheirLength() {
    ProtoMessage inner = new ProtoMessage().whole(1, 150);

    assertThat(hex(new ProtoMessage().text(2, "testing"))).isEqualTo("120774657374696e67");
    assertThat(hex(new ProtoMessage().text(2, "é"))).isEqualTo("1202c3a9");
    assertThat(hex(new ProtoMessage().message(3, inner))).isEqualTo("1a03089601");
    assertThat(new ProtoMessage().message(3, inner).length()).isEqualTo(5);
  }

  private static String hex(ProtoMessage message) {
    return HexFormat.of().formatHex(message.toBytes());
  }
}
