package dev.signet.web.page;

import io.jstach.jstache.JStacheConfig;
import io.jstach.jstache.JStachePath;
import io.jstach.jstache.JStacheType;

/** Templates are compiled into plain Java, which checks what they name and needs no library. */
@JStacheConfig(
    type = JStacheType.STACHE,
    pathing = @JStachePath(prefix = "dev/signet/web/page/", suffix = ".mustache"))
interface Templates {}
