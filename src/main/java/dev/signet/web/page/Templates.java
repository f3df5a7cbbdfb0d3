package dev.signet.web.page;

import io.jstach.jstache.JStacheConfig;
import io.jstach.jstache.JStachePath;
import io.jstach.jstache.JStacheType;

/**
 * Configures the compilation of templates to plain Java, which checks the names in them and needs
 * no library at run time.
 */
@JStacheConfig(
    type = JStacheType.STACHE,
    pathing = @JStachePath(prefix = "dev/signet/web/page/", suffix = ".mustache"))
interface Templates {}
