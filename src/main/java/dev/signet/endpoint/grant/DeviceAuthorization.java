package dev.signet.endpoint.grant;

import dev.signet.base.route.Routes;
import dev.signet.domain.code.DeviceCodes;
import java.net.URI;

/**
 * The response of the device authorization endpoint (RFC 8628, section 3.2).
 *
 * @param expiresIn seconds
 * @param interval seconds between two polls
 */
record DeviceAuthorization(
    String deviceCode,
    String userCode,
    String verificationUri,
    String verificationUriComplete,
    long expiresIn,
    long interval) {

  static DeviceAuthorization of(DeviceCodes.Issued issued, URI issuer) {
    String page = issuer + Routes.DEVICE_PAGE.path();
    String userCode = issued.userCode().text();
    return new DeviceAuthorization(
        issued.code().value(),
        userCode,
        page,
        page + "?user_code=" + userCode,
        DeviceCodes.LIFETIME.toSeconds(),
        DeviceCodes.INTERVAL.toSeconds());
  }

  @Override
  public String toString() {
    return "DeviceAuthorization[]";
  }
}
