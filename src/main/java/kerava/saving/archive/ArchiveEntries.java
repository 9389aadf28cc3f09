package kerava.saving.archive;

import java.io.IOException;
import java.util.Optional;

/** What a {@code .keras} archive is made of, packed or unpacked. */
public interface ArchiveEntries extends AutoCloseable {
  /**
   * The content of a part, if there is one of that name.
   *
   * @param most how many bytes it may have
   */
  Optional<byte[]> read(String name, long most) throws IOException;

  @Override
  void close() throws IOException;
}
