package kerava.saving.hdf5;

import static kerava.saving.hdf5.Hdf5Builder.FREE;
import static kerava.saving.hdf5.Hdf5Builder.INNER;
import static kerava.saving.hdf5.Hdf5Builder.ROOT;
import static kerava.saving.hdf5.Hdf5Builder.bytes;
import static kerava.saving.hdf5.Hdf5Builder.compact;
import static kerava.saving.hdf5.Hdf5Builder.floats;
import static kerava.saving.hdf5.Hdf5Builder.link;
import static kerava.saving.hdf5.Hdf5Builder.links;
import static kerava.saving.hdf5.Hdf5Builder.message;
import static kerava.saving.hdf5.Hdf5Builder.singles;
import static kerava.saving.hdf5.Hdf5Builder.space;
import static kerava.saving.hdf5.Hdf5Builder.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import kerava.files.ModelFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;

/** The forms that other programs give headers and links. */
final class Hdf5HeadersTest {
  private final Hdf5Builder file = new Hdf5Builder();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 0x10, 0x20, 0x37})
  void headersWithAnyOfTheirParts(int flags) throws ModelFormatException {
    file.header(ROOT, flags, links(), link("x"));
    file.header(INNER, flags, space(2), floats(4, false), compact(8, singles(1.5f, -2)));
    assertArrayEquals(new float[] {1.5f, -2}, file.floats());
    try (Hdf5File hdf = file.open()) {
      assertEquals(Set.of("x"), hdf.names(""));
      assertEquals(Shape.of(2), hdf.shape("x"));
      assertTrue(hdf.isArray("x") && !hdf.isArray("") && hdf.has("x") && !hdf.has("y"));
      assertTrue(hdf.isOf("x", Shape.of(2)));
      assertFalse(hdf.isOf("x", Shape.of(1, 2)));
      assertFalse(hdf.isOf("y", Shape.of(2)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 8, 16, 31})
  void linksWithAnyOfTheirParts(int flags) throws ModelFormatException {
    byte[] link =
        message(
            Hdf5Header.LINK,
            bytes -> {
              bytes.put((byte) 1).put((byte) flags);
              bytes.position(bytes.position() + ((flags & 8) != 0 ? 1 : 0));
              bytes.position(bytes.position() + ((flags & 4) != 0 ? 8 : 0));
              bytes.position(bytes.position() + ((flags & 16) != 0 ? 1 : 0));
              bytes.put((byte) 1).position(bytes.position() + (1 << (flags & 3)) - 1);
              text(bytes, "x");
              bytes.putLong(INNER);
            });
    file.header(ROOT, 0, links(), link);
    file.header(INNER, 0, space(), floats(4, false), compact(4, singles(7)));
    assertArrayEquals(new float[] {7}, file.floats());
  }

  @Test
  void linksToOtherPlacesAreNamed() {
    byte[] soft =
        message(
            Hdf5Header.LINK,
            bytes -> {
              bytes.put((byte) 1).put((byte) 8).put((byte) 1).put((byte) 1);
              text(bytes, "x");
            });
    file.header(ROOT, 0, links(), soft);
    file.refused("x: expected data in this file, got a link.");
    soft[7]++;
    file.header(ROOT, 0, links(), soft);
    file.damaged("a name that is longer than its link");
    file.header(ROOT, 0, links(), link("x"), link("x"));
    file.damaged("a name twice in a group, or none");
    file.header(ROOT, 0, links(), link(""));
    file.damaged("a name twice in a group, or none");
  }

  @Test
  void groupsThatCountTheirLinks() throws ModelFormatException {
    byte[] counted =
        message(
            Hdf5Header.LINK_INFO,
            bytes -> bytes.put((byte) 0).put((byte) 1).putLong(5).putLong(-1).putLong(-1));
    file.header(INNER, 0, space(), floats(4, false), compact(4, singles(7)));
    file.header(ROOT, 0, counted, link("x"));
    assertArrayEquals(new float[] {7}, file.floats());
    java.util.Arrays.fill(counted, 15, 22, (byte) 0);
    counted[14] = 1;
    file.header(ROOT, 0, counted, link("x"));
    file.damaged(
        "links in dense storage, which h5py.File(..., libver=\"earliest\") does not write");
  }

  @Test
  void headersThatGoOnElsewhere() throws ModelFormatException {
    byte[] further = message(0x10, bytes -> bytes.putLong(FREE).putLong(link("x").length + 8L));
    file.header(INNER, 0, space(), floats(4, false), compact(4, singles(7)));
    file.header(ROOT, 0, links(), further);
    file.put(
        FREE,
        bytes -> {
          text(bytes, "OCHK");
          bytes.put(link("x"));
        });
    assertArrayEquals(new float[] {7}, file.floats());
    byte[] longer = links();
    longer[1]++;
    file.header(ROOT, 0, longer);
    file.refused(
        "HDF5: expected sound HDF5, got a message that is longer than its header. Is the file"
            + " damaged?");
  }
}
