package trainyard.sim.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class SplitMixTest {

    /** First outputs of the reference implementation in C (Vigna, prng.di.unimi.it/splitmix64.c) for the seed 1234567. */
    @Test
    void itGivesTheNumbersOfTheReferenceImplementation() {
        UniformRandomProvider random = SplitMix.of(1234567);
        assertThat(new long[] {random.nextLong(), random.nextLong(), random.nextLong()})
                .containsExactly(
                        6457827717110365317L, 3203168211198807973L, Long.parseUnsignedLong("9817491932198370423"));
    }
}
