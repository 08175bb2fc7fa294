package trainyard.sim.hash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Sha256Test {

    /** NIST, "Secure Hash Standard" examples, SHA-256 of the three letters. */
    @Test
    void hashesTheExampleOfTheStandard() {
        assertThat(Sha256.of("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
