package dev.sluice.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes are written as Latin-1 strings: each character is one byte. */
class SshBannerParserTest {

  private final SshBannerParser parser = new SshBannerParser();

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = '|',
      textBlock =
          """
          SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3 | 2.0  | OpenSSH_9.2p1          | Debian-2+deb12u3
          SSH-2.0-dropbear_2022.83               | 2.0  | dropbear_2022.83       | ""
          SSH-1.99-Cisco-1.25                    | 1.99 | Cisco-1.25             | ""
          SSH-1.5-1.2.33                         | 1.5  | 1.2.33                 | ""
          SSH-2.0-x two words                    | 2.0  | x                      | two words
          "SSH-2.0-x "                           | 2.0  | x                      | ""
          "SSH-2.0-x  y"                         | 2.0  | x                      | " y"
          SSH-2.0-SSH-2.0-x                      | 2.0  | SSH-2.0-x              | ""
          """)
  void theLineIsTakenApart(String line, String protocol, String software, String comments) {
    feed(line + "\r\n");
    assertThat(parser.found()).contains(new SshIdentification(line, protocol, software, comments));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-",
        "SSH-2.0",
        "SSH-2.0-",
        "SSH-2.0- x",
        "SSH--x",
        "SSH-2-x",
        "SSH-two.zero-x",
        "SSH-2.0 x-y",
        "SSH-1234.0-x",
        "SSH-2.0_x"
      })
  void aLineThatOnlyStartsLikeOneIsNotAnSshServer(String line) {
    feed(line + "\r\n");
    assertThat(parser.problem()).contains("not an SSH server: a malformed identification line");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Welcome\r\n",
        "\r\n",
        "\n",
        "a\nb\r\n\r\n",
        "ssh-2.0-lower\r\n",
        " SSH-2.0-indented\r\n",
        "\u00ff\u00fe\r\n",
        "\0\n",
        "x\rSSH-2.0-not-at-the-start\r\n"
      })
  void linesBeforeItAreSkipped(String before) {
    feed(before + "SSH-2.0-x\r\n");
    assertThat(parser.found()).contains(new SshIdentification("SSH-2.0-x", "2.0", "x", ""));
  }

  @Test
  void aBareLineFeedEndsALineToo() {
    feed("SSH-2.0-x\n");
    assertThat(parser.found()).map(SshIdentification::software).contains("x");
  }

  @Test
  void aCarriageReturnAloneEndsNothing() {
    feed("SSH-2.0-x\r");
    assertThat(parser.found()).isEmpty();
    assertThat(parser.problem()).isEmpty();
    feed("\n");
    assertThat(parser.found()).map(SshIdentification::banner).contains("SSH-2.0-x");
  }

  @Test
  void aLineMayComeByteByByte() {
    for (char c : "hello\r\nSSH-2.0-x y\r".toCharArray()) {
      assertThat(feed(String.valueOf(c))).isFalse();
    }
    assertThat(feed("\n")).isTrue();
    assertThat(parser.found()).map(SshIdentification::comments).contains("y");
  }

  @Test
  void whatComesAfterTheLineIsLeftAlone() {
    ByteBuffer bytes = bytes("SSH-2.0-x\r\n\0\0\1\2binary");
    parser.feed(bytes);
    assertThat(bytes.remaining()).isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource({"SSH-2.0-,true", "'',true", "SSH-2.0-,false", "'',false"})
  void aLineOf255BytesPassesAndOneMoreDoesNot(String start, boolean withCarriageReturn) {
    String end = withCarriageReturn ? "\r\n" : "\n";
    String longest = start + "a".repeat(255 - start.length() - end.length()) + end;
    feed(longest + "SSH-2.0-x\r\n");
    assertThat(parser.found()).isPresent();

    SshBannerParser another = new SshBannerParser();
    another.feed(bytes("a" + longest + "SSH-2.0-x\r\n"));
    assertThat(another.problem()).contains("not an SSH server: a line of more than 255 bytes");
  }

  @Test
  void aLineWithoutEndIsGivenUpAsSoonAsItCannotEndInTime() {
    assertThat(feed("a".repeat(254))).isFalse();
    assertThat(feed("a")).isTrue();
    assertThat(parser.problem()).isPresent();
  }

  @Test
  void linesWithoutEndAreGivenUpAt8KiB() {
    assertThat(feed("garbage\n".repeat(1_023) + "garbage")).isFalse();
    assertThat(feed("\n")).isTrue();
    assertThat(parser.problem()).contains("not an SSH server: no identification within 8192 bytes");
  }

  @Test
  void anIdentificationThatEndsWithTheLastByteCounts() {
    String id = "SSH-2.0-x\r\n";
    feed("\n".repeat(8_192 - id.length()) + id);
    assertThat(parser.found()).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "'',the target closed the connection without a word",
    "SSH-2.0-x,the target closed the connection before an SSH identification",
    "hello,the target closed the connection before an SSH identification"
  })
  void anEndBeforeTheLineIsComplete(String said, String problem) {
    feed(said);
    parser.end();
    assertThat(parser.problem()).contains(problem);
  }

  @Test
  void anEndAfterTheLineChangesNothing() {
    feed("SSH-2.0-x\r\n");
    parser.end();
    assertThat(parser.problem()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "\u001b[2J,�[2J",
        "a\0b,a�b",
        "a\rb,a�b",
        "a\tb,a�b",
        "\u007f,�",
        "\u00ff\u00fe,��",
        "\u00c3\u00a9,é",
        "\u00c0\u00af,��",
        "\u00c2\u009b31m,�31m",
        "\u00e2\u0080\u00ae,�",
        "\u00e2\u0080\u00a8,�",
        "\u00ef\u00bb\u00bf,�",
        "\u00f0\u009f\u0090\u009f,🐟"
      })
  void whatWouldActInATerminalIsReplaced(String sent, String shown) {
    feed("SSH-2.0-x " + sent + "\r\n");
    assertThat(parser.found()).map(SshIdentification::comments).contains(shown);
  }

  private boolean feed(String latin1) {
    return parser.feed(bytes(latin1));
  }

  private static ByteBuffer bytes(String latin1) {
    return ByteBuffer.wrap(latin1.getBytes(ISO_8859_1));
  }
}
