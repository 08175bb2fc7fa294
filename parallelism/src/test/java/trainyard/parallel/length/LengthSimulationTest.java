package trainyard.parallel.length;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.LogNormal;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.random.Uniform;

/** Steps of sequences that vary, priced by a cost that is easy to follow: 1 byte and 1 ms per token. */
class LengthSimulationTest {

    private static final RandomStreams STREAMS = new RandomStreams(9, 0);

    private static final MicroBatchCost LINEAR = new MicroBatchCost() {
        @Override
        public double peakBytes(int sequences, int tokens) {
            return (double) sequences * tokens;
        }

        @Override
        public double seconds(int sequences, int tokens) {
            return 1e-3 * sequences * tokens;
        }
    };

    private static LengthDesign design(LengthLaw lengths, double memory, OutOfMemory reaction) {
        return new LengthDesign(4, 3, 8, lengths, memory, reaction, 2, 100);
    }

    @Test
    void equalLengthsThatFitTakeThePlainStep() {
        LengthLaw equal = new LengthLaw(new Fixed(100), 1000, 64);
        for (OutOfMemory reaction : OutOfMemory.values()) {
            List<LengthStep> steps = LengthSimulation.run(design(equal, 1e6, reaction), LINEAR, 5, STREAMS);
            assertThat(steps).allSatisfy(step -> {
                assertThat(step.seconds()).isCloseTo(2 + 3 * 8 * 0.128, within(1e-9));
                assertThat(step.peakBytes()).isEqualTo(8 * 128);
                assertThat(step.tokens()).isEqualTo(4 * 3 * 8 * 100);
                assertThat(step.paddedTokens()).isEqualTo(4 * 3 * 8 * 128);
                assertThat(step.halved()).isZero();
            });
        }
    }

    /** 8 x 128 B do not fit in 300 B, nor do 4; 2 do. Forward passes of 8 and of twice 4 are given up. */
    @Test
    void halvesUntilItFitsAndKeepsTheBatch() {
        LengthLaw equal = new LengthLaw(new Fixed(128), 128, 64);
        LengthStep step = LengthSimulation.run(design(equal, 300, OutOfMemory.HALVE_MICRO_BATCH), LINEAR, 1, STREAMS)
                .get(0);

        assertThat(step.seconds()).isCloseTo(2 + 3 * (8 * 0.128 + 2 * 8 * 0.128 / 3), within(1e-9));
        assertThat(step.halved()).isEqualTo(4 * 3 * 3);
        assertThat(step.sequences()).isEqualTo(4 * 3 * 8);
        assertThat(step.crashed()).isFalse();
    }

    /** A step of 12 micro-batches of 8 crashes unless all 96 lengths fit: 1 - F(100)^96 with F uniform on [0, 101]. */
    @Test
    void crashesAsOftenAsAnyOfItsLengthsIsTooLong() {
        LengthLaw uniform = new LengthLaw(new Uniform(0, 101), 101, 1);
        int steps = 4000;
        List<LengthStep> all = LengthSimulation.run(design(uniform, 800, OutOfMemory.CRASH), LINEAR, steps, STREAMS);

        double expected = 1 - Math.pow(100.0 / 101, 96);
        double share = all.stream().filter(LengthStep::crashed).count() / (double) steps;
        assertThat(share).isCloseTo(expected, within(4 * Math.sqrt(expected * (1 - expected) / steps)));
        assertThat(all).filteredOn(LengthStep::crashed).allSatisfy(step -> {
            assertThat(step.seconds()).isGreaterThan(100);
            assertThat(step.sequences()).isZero();
        });
    }

    @Test
    void bothReactionsMeetTheSameLengths() {
        LengthLaw lengths = new LengthLaw(new LogNormal(300, 1), 2000, 64);
        List<LengthStep> crash = LengthSimulation.run(design(lengths, 9000, OutOfMemory.CRASH), LINEAR, 50, STREAMS);
        List<LengthStep> halve =
                LengthSimulation.run(design(lengths, 9000, OutOfMemory.HALVE_MICRO_BATCH), LINEAR, 50, STREAMS);

        for (int i = 0; i < 50; i++) {
            // What comes behind a crash never ran, so its peak may be the lower one; it is above the memory all the
            // same.
            if (crash.get(i).crashed()) {
                assertThat(crash.get(i).peakBytes())
                        .isBetween(9000.0, halve.get(i).peakBytes());
            } else {
                assertThat(crash.get(i).peakBytes()).isEqualTo(halve.get(i).peakBytes());
            }
            assertThat(crash.get(i).crashed()).isEqualTo(halve.get(i).halved() > 0);
            assertThat(halve.get(i).sequences()).isEqualTo(96);
        }
        assertThat(crash).anyMatch(LengthStep::crashed).anyMatch(step -> !step.crashed());
    }

    @Test
    void oneSequenceThatDoesNotFitAloneIsHopeless() {
        LengthLaw lengths = new LengthLaw(new Fixed(10), 2000, 64);
        assertThatThrownBy(() ->
                        LengthSimulation.run(design(lengths, 1500, OutOfMemory.HALVE_MICRO_BATCH), LINEAR, 1, STREAMS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2000 tokens");
    }
}
