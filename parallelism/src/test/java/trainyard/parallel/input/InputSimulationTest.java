package trainyard.parallel.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import trainyard.parallel.input.InputBounds.Bound;
import trainyard.sim.random.RandomStreams;

/** The simulated path against its closed forms. */
class InputSimulationTest {

    private static final RandomStreams STREAMS = new RandomStreams(7, 0);
    private static final double NIC = 50e9;
    private static final double EXACT = 1e-6;

    /** Images of 100 kB, 2 ms of a core each; 64 of them are read in 64 ms, decoded in 128 ms. */
    private static final SampleData IMAGES = new SampleData(100e3, 2e-3, 150e3, 1);

    private static Map<StorageClass, TrafficRule> fair() {
        return Map.of(StorageClass.DATA, TrafficRule.fair(NIC), StorageClass.CHECKPOINT, TrafficRule.fair(NIC));
    }

    private static InputPath path(Loading loading, InputStorage storage) {
        return new InputPath(
                IMAGES, loading, storage, Double.POSITIVE_INFINITY, new HostCopy(50e9, true), Optional.empty());
    }

    private static InputStorage storage(double bytesPerSecond, double variation) {
        return new InputStorage(bytesPerSecond, 1e-3, variation, Optional.empty(), fair());
    }

    private static double step(InputPath path, InputDemand demand) {
        return InputSimulation.run(path, demand, 0, 20, 100, STREAMS).stepSeconds();
    }

    @Test
    void noBufferTakesTheSerialTime() {
        InputPath path = path(new Loading(8, 0, 8), storage(10e9, 0));
        InputDemand demand = new InputDemand(16, 2, 64, 0.5);

        double serial = new InputBounds(path, demand, 0).serialSeconds();

        // 0.5 + 2 x (64 x 1 ms + 16 x 6.4 MB / 10 GB/s + 64 x 2 ms + 9.6 MB / 50 GB/s)
        assertThat(serial).isCloseTo(0.5 + 2 * (0.064 + 0.01024 + 0.128 + 0.000192), within(1e-12));
        assertThat(step(path, demand)).isCloseTo(serial, within(EXACT));
    }

    @Test
    void anUnboundedBufferTakesTheGreaterOfLoadingAndComputing() {
        InputStorage fast = storage(1e12, 0);
        for (double compute : new double[] {0.05, 0.3}) {
            InputPath path = path(new Loading(2, 1000, 8), fast);
            InputDemand demand = new InputDemand(4, 1, 64, compute);
            // each of two workers needs 64 + 128 ms and some for transfer and copy
            assertThat(step(path, demand))
                    .isCloseTo(new InputBounds(path, demand, 0).overlappedSeconds(), within(1e-3))
                    .isGreaterThanOrEqualTo(compute);
        }
    }

    @Test
    void theSlowestPartBoundsTheRate() {
        InputDemand demand = new InputDemand(8, 1, 64, 0.05);
        InputPath slowStorage = path(new Loading(16, 64, 16), storage(0.4e9, 0));
        InputPath fewCores = path(new Loading(16, 64, 1), storage(1e12, 0));

        assertThat(new InputBounds(slowStorage, demand, 0).bound()).isEqualTo(Bound.STORAGE);
        // workers that read at the same time also decode at the same time, while the storage waits
        assertThat(step(slowStorage, demand)).isBetween(8 * 6.4e6 / 0.4e9, 1.05 * 8 * 6.4e6 / 0.4e9);
        assertThat(new InputBounds(fewCores, demand, 0).bound()).isEqualTo(Bound.CORES);
        assertThat(step(fewCores, demand)).isCloseTo(0.128, within(1e-3));
    }

    @Test
    void neverBeatsTheBoundsNorTheSerialTime() {
        UniformRandomProvider random = new RandomStreams(3, 0).stream("paths");
        for (int i = 0; i < 60; i++) {
            Loading loading = new Loading(1 + random.nextInt(8), random.nextInt(12), 1 + random.nextInt(8));
            InputPath path = new InputPath(
                    new SampleData(
                            1e3 + 1e6 * random.nextDouble(), 1e-2 * random.nextDouble(), 1e6, 1 + random.nextInt(9)),
                    loading,
                    storage(1e8 + 1e10 * random.nextDouble(), 0),
                    2e9,
                    new HostCopy(1e9, random.nextBoolean()),
                    Optional.empty());
            InputDemand demand = new InputDemand(
                    1 + random.nextInt(32), 1 + random.nextInt(3), 1 + random.nextInt(64), 0.01 + random.nextDouble());
            double hit = random.nextDouble();
            InputBounds bounds = new InputBounds(path, demand, hit);

            double step =
                    InputSimulation.run(path, demand, hit, 50, 100, STREAMS).stepSeconds();

            assertThat(step).as("%s %s", path, demand).isGreaterThan(bounds.overlappedSeconds() * 0.97 - EXACT);
            assertThat(step).as("%s %s", path, demand).isLessThan(bounds.serialSeconds() + EXACT);
        }
    }

    @Test
    void foldedRanksAreThoseSimulatedOneByOne() {
        Loading loading = new Loading(4, 8, 4);
        InputDemand demand = new InputDemand(12, 2, 32, 0.2);
        double folded = step(path(loading, storage(1e9, 0)), demand);
        double apart = step(path(loading, storage(1e9, 1e-6)), demand);

        assertThat(apart).isCloseTo(folded, within(1e-4));
    }

    @Test
    void ranksWaitForTheOneWhoseReadsAreSlowest() {
        Loading loading = new Loading(2, 2, 8);
        double few = step(path(loading, storage(1e12, 8)), new InputDemand(2, 1, 64, 0.15));
        double many = step(path(loading, storage(1e12, 8)), new InputDemand(64, 1, 64, 0.15));

        assertThat(many).isGreaterThan(few * 1.1);
    }

    /** A buffer of B seconds covers the part of an exponential pause up to B: the mean of what is left is L e^(-B/L). */
    @Test
    void aBufferHidesPausesUpToItsLength() {
        StoragePauses pauses = StoragePauses.withMeans(200, 5);
        InputStorage storage = new InputStorage(1e12, 0, 0, Optional.of(pauses), fair());
        InputDemand demand = new InputDemand(1, 1, 64, 0.5);
        for (int buffer : new int[] {2, 10, 20}) {
            InputPath path = new InputPath(
                    new SampleData(100e3, 0, 0, 1),
                    new Loading(4, buffer, 4),
                    storage,
                    1e9,
                    new HostCopy(1e9, true),
                    Optional.empty());
            double lost =
                    InputSimulation.run(path, demand, 0, 50, 400_000, STREAMS).stallShare();
            double perPause = 5 * Math.exp(-buffer * 0.5 / 5);
            assertThat(lost)
                    .as("buffer %d", buffer)
                    .isCloseTo(perPause / (205 + perPause), within(0.12 * perPause / 205));
        }
    }

    @Test
    void checkpointsSlowTheReadsUnlessTheyAreHeldBack() {
        InputDemand demand = new InputDemand(8, 1, 64, 0.1);
        CheckpointTraffic checkpoints = new CheckpointTraffic(20e9, 100, 512);
        double alone = 0.1;
        double shared = checkpointed(fair(), demand, checkpoints).stepSeconds();
        Map<StorageClass, TrafficRule> held = Map.of(
                StorageClass.DATA, new TrafficRule(OptionalDouble.of(9), Double.POSITIVE_INFINITY, NIC),
                StorageClass.CHECKPOINT, new TrafficRule(OptionalDouble.of(1), Double.POSITIVE_INFINITY, NIC));
        double quality = checkpointed(held, demand, checkpoints).stepSeconds();

        assertThat(shared).isGreaterThan(1.2 * alone);
        assertThat(quality).isCloseTo(alone, within(1e-3));
    }

    private static InputWindow checkpointed(
            Map<StorageClass, TrafficRule> rules, InputDemand demand, CheckpointTraffic checkpoints) {
        double rate = 1e9;
        InputPath path = new InputPath(
                IMAGES,
                new Loading(8, 8, 16),
                new InputStorage(rate, 1e-4, 0, Optional.empty(), rules),
                1e9,
                new HostCopy(50e9, true),
                Optional.of(checkpoints));
        InputWindow window = InputSimulation.run(path, demand, 0, 20, 400, STREAMS);
        assertThat(window.steps())
                .allSatisfy(step -> assertThat(step.dataBytes() + step.checkpointBytes())
                        .isLessThanOrEqualTo(rate * step.seconds() * (1 + 1e-9)));
        return window;
    }

    @Test
    void pageableCopiesHoldTheStepUp() {
        InputDemand demand = new InputDemand(1, 4, 64, 0.4);
        InputPath path = new InputPath(
                IMAGES, new Loading(16, 32, 16), storage(1e12, 0), 1e9, new HostCopy(1e9, false), Optional.empty());
        assertThat(step(path, demand)).isCloseTo(0.4 + 4 * 64 * 150e3 / 1e9, within(EXACT));
    }

    @Test
    void refusesRunsWithoutEnd() {
        InputPath path = path(new Loading(1, 1, 1), storage(1e9, 1));
        assertThatThrownBy(() -> InputSimulation.run(path, new InputDemand(100_000, 1000, 1, 1), 0, 0, 100, STREAMS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sameSeedSameSteps() {
        InputPath path = path(new Loading(4, 4, 2), storage(1e9, 2));
        InputDemand demand = new InputDemand(8, 1, 64, 0.1);
        assertThat(InputSimulation.run(path, demand, 0.2, 5, 50, STREAMS))
                .isEqualTo(InputSimulation.run(path, demand, 0.2, 5, 50, STREAMS));
    }
}
