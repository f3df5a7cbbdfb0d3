package dev.signet.web.page;

import io.jstach.jstache.JStache;
import io.jstach.jstache.JStacheConfig;
import java.util.List;
import java.util.Optional;

/**
 * The form for the code that a device displays (RFC 8628, section 3.3). It sends {@code user_code}.
 *
 * @param action the path of the form, below {@link Frame#base}
 * @param code the prefilled code
 * @param fault of the last attempt
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
