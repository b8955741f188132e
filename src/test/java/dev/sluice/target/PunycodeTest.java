package dev.sluice.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever is encoded as RFC 3492 §6.3 says is judged by its code points. */
class PunycodeTest {

  private static final int JOINER = 0x200d;
  private static final int NON_JOINER = 0x200c;

  /** A soft hyphen, a C1 control, a space, separators, private use, a surrogate, unassigned. */
  private static final int[] UNUSABLE = {
    0xad, 0x80, 0xa0, 0x200b, 0x2028, 0x2029, 0xe000, 0xd800, 0x378, 0x10ffff
  };

  @Provide
  Arbitrary<List<Integer>> labels() {
    Arbitrary<Integer> ascii = Arbitraries.integers().between('a', 'z');
    Arbitrary<Integer> foreign =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0xdf, 0xf6),
            Arbitraries.integers().between(0x430, 0x44f),
            Arbitraries.integers().between(0x4e00, 0x9000),
            Arbitraries.integers().between(0x1f600, 0x1f640),
            Arbitraries.of(JOINER, NON_JOINER));
    return Arbitraries.frequencyOf(Tuple.of(2, ascii), Tuple.of(3, foreign))
        .list()
        .ofMinSize(1)
        .ofMaxSize(30);
  }

  @Property
  void whatEncodesUsableCodePointsIsValid(@ForAll("labels") List<Integer> label) {
    boolean encoded = label.stream().anyMatch(c -> c >= 0x80);
    assertThat(Punycode.isValid(encode(label))).isEqualTo(encoded);
  }

  @Property
  void oneUnusableCodePointAnywhereIsTheEndOfIt(
      @ForAll("labels") List<Integer> label, @ForAll int where, @ForAll int which) {
    int unusable = UNUSABLE[Math.floorMod(which, UNUSABLE.length)];
    List<Integer> spoilt = new ArrayList<>(label);
    spoilt.add(Math.floorMod(where, label.size() + 1), unusable);
    assertThat(Punycode.isValid(encode(spoilt))).isFalse();
  }

  @Example
  void theEncodingHereIsThatOfTheRfc() {
    // samples (B) and (L) of RFC 3492 §7.1
    assertThat(encode("\u4ed6\u4eec\u4e3a\u4ec0\u4e48\u4e0d\u8bf4\u4e2d\u6587"))
        .isEqualTo("ihqwcrb4cv8a8dqg056pqjye");
    assertThat(encode("3\u5e74b\u7d44\u91d1\u516b\u5148\u751f"))
        .isEqualTo("3b-ww4c5e180e575a65lsy2b");
    assertThat(encode("b\u00fccher")).isEqualTo("bcher-kva");
  }

  @Example
  void whatOverflowsOrBreaksOffEncodesNothing() {
    assertThat(Punycode.isValid("")).isFalse();
    assertThat(Punycode.isValid("abc-")).isFalse();
    assertThat(Punycode.isValid("99999999999999")).isFalse();
    assertThat(Punycode.isValid("bcher-kv")).isFalse();
    assertThat(Punycode.isValid("bcher-k.a")).isFalse();
  }

  @Example
  void theBiasIsTheRfcsAlsoWhereItsLoopJustEnds() {
    // after U+F954 the adapted delta is 455, ((base - tmin) * tmax) / 2: RFC 3492 §6.1
    assertThat(Punycode.isValid(encode("abc\uf954\uff21\ud83d\ude00"))).isTrue();
  }

  @Example
  void aNumberThatOverflowsIsNotTakenForWhatIsLeftOfIt() {
    long difference = 0xfc - 0x80;
    assertThat(Punycode.isValid(number(difference))).isTrue();
    assertThat(Punycode.isValid(number(difference + (1L << 32)))).isFalse();
  }

  private static String number(long number) {
    StringBuilder out = new StringBuilder();
    appendNumber(out, number, 72);
    return out.toString();
  }

  private static String encode(String text) {
    return encode(text.codePoints().boxed().toList());
  }

  private static String encode(List<Integer> label) {
    StringBuilder out = new StringBuilder();
    label.stream().filter(c -> c < 0x80).forEach(out::appendCodePoint);
    int basic = out.length();
    int done = basic;
    if (basic > 0) {
      out.append('-');
    }
    int n = 128;
    int delta = 0;
    int bias = 72;
    while (done < label.size()) {
      int from = n;
      int next = label.stream().mapToInt(c -> c).filter(c -> c >= from).min().orElseThrow();
      delta += (next - n) * (done + 1);
      n = next;
      for (int c : label) {
        delta += c < n ? 1 : 0;
        if (c == n) {
          appendNumber(out, delta, bias);
          bias = adapt(delta, done + 1, done == basic);
          delta = 0;
          done++;
        }
      }
      delta++;
      n++;
    }
    return out.toString();
  }

  private static void appendNumber(StringBuilder out, long number, int bias) {
    long q = number;
    for (int k = 36; ; k += 36) {
      int threshold = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias;
      if (q < threshold) {
        out.append(digit(q));
        return;
      }
      out.append(digit(threshold + (q - threshold) % (36 - threshold)));
      q = (q - threshold) / (36 - threshold);
    }
  }

  private static char digit(long value) {
    return (char) (value < 26 ? 'a' + value : '0' + value - 26);
  }

  private static int adapt(int delta, int points, boolean first) {
    int rest = first ? delta / 700 : delta / 2;
    rest += rest / points;
    int k = 0;
    for (; rest > 455; k += 36) {
      rest /= 35;
    }
    return k + 36 * rest / (rest + 38);
  }
}
