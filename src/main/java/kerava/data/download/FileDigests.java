package kerava.data.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The checksums of a file, both in lower-case hexadecimal.
 *
 * @param md5 what publishers of older files state; it can be forged
 * @param sha256 what cannot be
 */
public record FileDigests(String md5, String sha256) {
  /** Reads through a channel that is open: on Windows its lock keeps every other one out. */
  public static FileDigests of(FileChannel file) throws IOException {
    MessageDigest md5 = digest("MD5");
    MessageDigest sha256 = digest("SHA-256");
    ByteBuffer piece = ByteBuffer.allocate(1 << 16);
    for (long at = 0; file.read(piece.clear(), at) > 0; at += piece.limit()) {
      md5.update(piece.flip());
      sha256.update(piece.rewind());
    }
    return of(md5, sha256);
  }

  /** Those of bytes that are at hand. */
  public static FileDigests of(byte[] bytes) {
    MessageDigest md5 = digest("MD5");
    MessageDigest sha256 = digest("SHA-256");
    md5.update(bytes);
    sha256.update(bytes);
    return of(md5, sha256);
  }

  private static FileDigests of(MessageDigest md5, MessageDigest sha256) {
    HexFormat hex = HexFormat.of();
    return new FileDigests(hex.formatHex(md5.digest()), hex.formatHex(sha256.digest()));
  }

  /** The first checksum in which another file differs, as a part of a sentence. */
  String difference(FileDigests got) {
    return sha256.equals(got.sha256)
        ? "MD5 checksum %s, got %s".formatted(md5, got.md5)
        : "SHA-256 checksum %s, got %s".formatted(sha256, got.sha256);
  }

  private static MessageDigest digest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has " + name, e);
    }
  }
}
