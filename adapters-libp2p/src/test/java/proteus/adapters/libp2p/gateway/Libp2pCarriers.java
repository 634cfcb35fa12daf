package proteus.adapters.libp2p.gateway;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.provider.EnumSource;
import proteus.application.port.Carrier;

/** Runs a test over TCP and over QUIC. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@EnumSource(
        value = Carrier.class,
        names = {"LIBP2P_TCP", "LIBP2P_QUIC"})
@interface Libp2pCarriers {}
