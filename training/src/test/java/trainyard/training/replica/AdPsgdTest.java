package trainyard.training.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static trainyard.training.run.Designs.EXPONENTIAL;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import trainyard.training.clock.ComputeLaw;
import trainyard.training.rule.Synchronous;
import trainyard.training.rule.Synchronous.Exchange;
import trainyard.training.run.Designs;
import trainyard.training.run.Limits;
import trainyard.training.run.TrainingDesign;
import trainyard.training.run.TrainingOutcome;

class AdPsgdTest {
    private static final AdPsgd RING = new AdPsgd(GossipTopology.RING);

    /**
     * Two workers half a second apart, rate 0.5. At 1 s the first steps from 1 to 0.5 and both take 0.75; at 1.5 s the second
     * steps from there by half of 1 to 0.25 and both take 0.5; at 2 s the first steps by half of the 0.5 that it read.
     */
    @Test
    void gradientsMeetParametersThatNeighboursMoved() {
        TrainingDesign design = Designs.withRate(Designs.of(RING, 2, ComputeLaw.fixed(1), Limits.ofUpdates(3)), 0.5);
        TrainingOutcome outcome = Designs.play(design);
        // The first worker then reads 0.25 and mixes with 0.5.
        assertThat(outcome.parameters()[0]).isCloseTo(0.375, within(1e-15));
        assertThat(outcome.ledger().applied()).containsExactly(2, 1);
    }

    @Test
    void aloneItIsSequential() {
        TrainingDesign design = Designs.of(RING, 1, EXPONENTIAL, Limits.ofUpdates(50));
        TrainingOutcome alone = Designs.play(design, Designs.noisy());
        TrainingOutcome one = Designs.play(Designs.with(design, new Synchronous(Exchange.ALL_REDUCE)), Designs.noisy());
        assertThat(alone.parameters()).isEqualTo(one.parameters());
        assertThat(alone.seconds()).isEqualTo(one.seconds());
    }

    @Test
    void neighboursAreThoseOfTheTopology() {
        assertThat(GossipTopology.RING.neighbours(1)).isEqualTo(List.of(List.of()));
        assertThat(GossipTopology.COMPLETE.neighbours(3))
                .isEqualTo(List.of(List.of(1, 2), List.of(0, 2), List.of(0, 1)));
        assertThat(GossipTopology.RING.neighbours(2)).isEqualTo(List.of(List.of(1), List.of(0)));
        assertThat(GossipTopology.RING.neighbours(4)).contains(List.of(1, 3), List.of(0, 2));
    }

    /** A worker that is always five times slower holds up all that wait for it, and its neighbours no more than it learns. */
    @Test
    void slowWorkerHoldsNobodyUp() {
        ComputeLaw law = EXPONENTIAL.withSlower(Map.of(0, 5.0));
        TrainingDesign design =
                Designs.of(RING, 8, law, Limits.ofUpdates(100_000).until(1e-3));
        double gossip = Designs.play(design).seconds();
        double together = Designs.play(Designs.with(design, new Synchronous(Exchange.ALL_REDUCE)))
                .seconds();
        assertThat(gossip).isLessThan(together / 2);
    }
}
