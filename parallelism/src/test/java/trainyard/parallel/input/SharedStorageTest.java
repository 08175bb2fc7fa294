package trainyard.parallel.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import trainyard.sim.engine.SimTime;
import trainyard.sim.engine.Simulation;
import trainyard.sim.engine.Timeline;
import trainyard.sim.random.RandomStreams;

/** Processor sharing by classes, on small cases that are solved by hand and by its invariants. */
class SharedStorageTest {

    private final Timeline timeline = new Timeline(new Simulation());

    private static TrafficRule rule(double weight, double limit, double stream) {
        return new TrafficRule(OptionalDouble.of(weight), limit, stream);
    }

    /** 100 B/s; A: 100 B from 0 s, B: 100 B from 0.5 s. A has 50 B by 0.5 s, shares until 1.5 s; B then has 50 B left. */
    @Test
    void streamsOfAClassShareEvenly() {
        SharedStorage storage = new SharedStorage(timeline, 100, Map.of(StorageClass.DATA, TrafficRule.fair(1000)));
        List<Double> ends = new ArrayList<>();
        storage.transfer(StorageClass.DATA, 100, 1, now -> ends.add(SimTime.seconds(now)));
        timeline.at(
                SimTime.nanos(0.5),
                0,
                at -> storage.transfer(StorageClass.DATA, 100, 1, now -> ends.add(SimTime.seconds(now))));
        timeline.simulation().run();

        assertThat(ends.get(0)).isCloseTo(1.5, within(1e-8));
        assertThat(ends.get(1)).isCloseTo(2.0, within(1e-8));
    }

    /** Weights 3 to 1: 90 B of data take 1.2 s at 75 B/s, 50 B of checkpoint have 30 B by then and end at 1.4 s. */
    @Test
    void classesShareByWeightAndUseWhatOthersLeave() {
        SharedStorage storage = new SharedStorage(
                timeline,
                100,
                Map.of(StorageClass.DATA, rule(3, 1e9, 1e9), StorageClass.CHECKPOINT, rule(1, 1e9, 1e9)));
        List<Double> ends = new ArrayList<>();
        storage.transfer(StorageClass.DATA, 30, 3, now -> ends.add(SimTime.seconds(now)));
        storage.transfer(StorageClass.CHECKPOINT, 50, 1, now -> ends.add(SimTime.seconds(now)));
        timeline.simulation().run();

        assertThat(ends.get(0)).isCloseTo(1.2, within(1e-8));
        assertThat(ends.get(1)).isCloseTo(1.4, within(1e-8));
        assertThat(storage.moved(StorageClass.DATA)).isCloseTo(90, within(1e-6));
        assertThat(storage.moved(StorageClass.CHECKPOINT)).isCloseTo(50, within(1e-6));
    }

    @Test
    void aPauseMovesNothing() {
        SharedStorage storage = new SharedStorage(timeline, 100, Map.of(StorageClass.DATA, TrafficRule.fair(1000)));
        List<Double> ends = new ArrayList<>();
        storage.transfer(StorageClass.DATA, 100, 1, now -> ends.add(SimTime.seconds(now)));
        timeline.at(SimTime.nanos(0.25), 0, at -> storage.pause());
        timeline.at(SimTime.nanos(5.25), 0, at -> storage.resume());
        timeline.simulation().run();

        assertThat(ends).hasSize(1);
        assertThat(ends.get(0)).isCloseTo(6.0, within(1e-8));
    }

    @Test
    void ratesNeverExceedCapacityLimitsOrStreams() {
        UniformRandomProvider random = new RandomStreams(5, 0).stream("storage");
        for (int run = 0; run < 50; run++) {
            double capacity = 1e6 * (1 + random.nextInt(100));
            TrafficRule data = random.nextBoolean() ? TrafficRule.fair(1e6) : rule(1 + random.nextInt(9), 5e7, 1e6);
            TrafficRule save = random.nextBoolean() ? TrafficRule.fair(1e7) : rule(1, 3e6, 1e7);
            Timeline clock = new Timeline(new Simulation());
            SharedStorage storage =
                    new SharedStorage(clock, capacity, Map.of(StorageClass.DATA, data, StorageClass.CHECKPOINT, save));
            int[] ended = {0};
            double[] asked = {0, 0};
            for (int i = 0; i < 200; i++) {
                StorageClass kind = StorageClass.values()[random.nextInt(2)];
                double bytes = 1 + 1e6 * random.nextDouble();
                int streams = 1 + random.nextInt(20);
                asked[kind.ordinal()] += bytes * streams;
                clock.at(random.nextInt(1_000_000_000), 0, at -> {
                    storage.transfer(kind, bytes, streams, now -> ended[0]++);
                    double rate = storage.rate(StorageClass.DATA) + storage.rate(StorageClass.CHECKPOINT);
                    assertThat(rate).isLessThanOrEqualTo(capacity * (1 + 1e-12));
                    assertThat(storage.rate(StorageClass.CHECKPOINT)).isLessThanOrEqualTo(save.limitBytesPerSecond());
                });
            }
            clock.simulation().run();
            assertThat(ended[0]).isEqualTo(200);
            assertThat(storage.moved(StorageClass.DATA)).isCloseTo(asked[0], within(1e-6 * asked[0]));
            assertThat(storage.moved(StorageClass.CHECKPOINT)).isCloseTo(asked[1], within(1e-6 * asked[1]));
        }
    }
}
