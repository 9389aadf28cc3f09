package kerava.saving.hdf5;

import org.tensorflow.ndarray.Shape;

/**
 * An attribute in an HDF5 file.
 *
 * @param name its name
 * @param type what it holds
 * @param shape how many of it
 * @param at where that stands
 * @param size how many bytes there are
 */
record Hdf5Attribute(String name, Hdf5Type type, Shape shape, long at, long size) {
  private static final int ENCODED = 3;

  static Hdf5Attribute of(Hdf5Bytes bytes, Hdf5Header.Message message) {
    int version = bytes.u8(message.at());
    if (version < 1 || version > ENCODED || message.shared()) {
      throw new Hdf5Bytes.Damage("an attribute of version " + version);
    }
    int nameSize = bytes.u16(message.at() + 2);
    int typeSize = bytes.u16(message.at() + 4);
    int spaceSize = bytes.u16(message.at() + 6);
    if (version > 1 && (bytes.u8(message.at() + 1) & 3) != 0) {
      throw new Hdf5Bytes.Damage("an attribute whose type another header has");
    }
    int padding = version == 1 ? 7 : 0;
    long name = message.at() + 8 + (version == ENCODED ? 1 : 0);
    long type = name + (nameSize + padding & ~padding);
    long space = type + (typeSize + padding & ~padding);
    long data = space + (spaceSize + padding & ~padding);
    if (data > message.end()) {
      throw new Hdf5Bytes.Damage("an attribute that is longer than its message");
    }
    return new Hdf5Attribute(
        bytes.text(name, bytes.untilZero(name, nameSize)),
        Hdf5Type.read(bytes, type),
        Hdf5Space.read(bytes, space),
        data,
        message.end() - data);
  }
}
