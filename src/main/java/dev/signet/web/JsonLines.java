package dev.signet.web;

import java.io.IOException;
import java.io.OutputStream;

/** Records as JSON, one a line: for lists that are too long to be one value. */
public final class JsonLines {
  /** What most call it; it is not registered. */
  public static final String MEDIA_TYPE = "application/x-ndjson";

  private JsonLines() {}

  /** Writes one line. */
  public static void write(Record value, OutputStream out) throws IOException {
    out.write(Json.write(value));
    out.write('\n');
  }
}
