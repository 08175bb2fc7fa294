package trainyard.faults.life.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DrainingTest {

    private final Draining draining = new Draining(() -> {
        throw new AssertionError("no node is cordoned");
    });

    /** A false warning until 10 and a true one until 15: the end of the first forgets nothing. */
    @Test
    void theEndOfAWarningLeavesOthersOfTheNode() {
        draining.suspect(3, 15);
        draining.suspect(3, 10);

        assertThat(draining.isOver(10, 3)).isFalse();
        assertThat(draining.isOver(15, 3)).isTrue();
    }

    /** A node that left and is warned of again: what was foretold before counts no more. */
    @Test
    void aNodeThatLeftBeginsAnew() {
        draining.suspect(3, 15);
        draining.forget(5, 3);

        assertThat(draining.knows(3)).isFalse();
        assertThat(draining.isOver(5, 3)).isTrue();
    }
}
