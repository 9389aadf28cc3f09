package kerava.reliability;

import java.util.Random;

/** Damages pickles. */
final class PickleDamage {
  private PickleDamage() {}

  /** Instructions of a pickle in any order, or the bytes of a right one. */
  static byte[] bytes(byte[] content, Random random) {
    if (random.nextInt(3) > 0) {
      return Damage.bytes(content, random);
    }
    String[] words = {
      "]",
      ")",
      "}",
      "(",
      "t",
      "l",
      "d",
      "a",
      "e",
      "s",
      "u",
      "0",
      "2",
      "N",
      "\u0085",
      "\u0086",
      "\u0087",
      "K\u0001",
      "h\u0000",
      "q\u0000",
      "h\u0001",
      "q\u0001",
      "R",
      "b",
      "U\u0004data",
      "I99999999\n",
      "X\u00ff\u00ff\u00ff\u007f",
      "cnumpy\nndarray\n",
      "\u0094",
      "\u0081"
    };
    StringBuilder text = new StringBuilder("\u0080\u0002");
    String[] few = {words[random.nextInt(words.length)], words[random.nextInt(words.length)]};
    for (int i = random.nextInt(200); i >= 0; i--) {
      text.append(
          random.nextInt(3) == 0
              ? few[random.nextInt(few.length)]
              : words[random.nextInt(words.length)]);
    }
    return (text + ".").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
