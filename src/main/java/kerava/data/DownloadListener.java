package kerava.data;

import java.net.URI;

/** Hears how a download goes on, from whichever thread the bytes arrive on. */
@FunctionalInterface
public interface DownloadListener {
  /**
   * Some more bytes have arrived.
   *
   * @param from what is being downloaded
   * @param bytes how many bytes are here by now, those of an earlier attempt included
   * @param total how many there will be, or -1 if the server does not say
   */
  void received(URI from, long bytes, long total);
}
