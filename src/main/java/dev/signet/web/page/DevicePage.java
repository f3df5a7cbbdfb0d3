package dev.signet.web.page;

import io.jstach.jstache.JStache;
import io.jstach.jstache.JStacheConfig;
import java.util.List;
import java.util.Optional;

/**
 * Asks for the code that a device shows (RFC 8628, section 3.3): sends {@code user_code}.
 *
 * @param action the path that the form goes to, below {@link Frame#base}
 * @param code what is filled in already
 * @param fault what was wrong with the last attempt
 */
@JStache(path = "device")
@JStacheConfig(using = Templates.class)
public record DevicePage(
    Frame frame, String action, List<Hidden> hidden, String code, Optional<String> fault)
    implements Page {

  @Override
  public String title() {
    return frame.text("device.title");
  }

  @Override
  public String html() {
    return new DevicePageRenderer(null, Html::escape).execute(this);
  }

  @Override
  public String toString() {
    return "DevicePage[]";
  }
}
