package trainyard.parallel.step.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import trainyard.parallel.step.price.ShardedPass.Unit;

class ShardedPassTest {

    private static Unit unit(double compute, double gather, double scatter, double acrossGroups) {
        return new Unit(PassCost.compute(compute), gather, scatter, acrossGroups);
    }

    private static double seconds(List<Unit> units, int prefetch) {
        return ShardedPass.cost(units, prefetch, 0).seconds();
    }

    @Test
    void freeExchangesLeaveComputeAlone() {
        PassCost cost = ShardedPass.cost(Collections.nCopies(5, unit(2, 0, 0, 0)), 1, 0);
        assertThat(cost).isEqualTo(PassCost.compute(10));
    }

    /** Without compute the channel runs through: n (g + r); what crosses the groups follows the last scatter. */
    @Test
    void freeComputeLeavesExchangesAlone() {
        assertThat(seconds(Collections.nCopies(4, unit(0, 3, 2, 0)), 1)).isCloseTo(4 * 5, within(1e-12));
        assertThat(seconds(Collections.nCopies(4, unit(0, 0, 2, 5)), 1)).isCloseTo(2 + 4 * 5, within(1e-12));
    }

    @Test
    void oneUnitIsGatheredComputedAndScatteredInTurn() {
        for (int prefetch : new int[] {0, 1, 5}) {
            assertThat(seconds(List.of(unit(7, 3, 2, 1)), prefetch)).isCloseTo(13, within(1e-12));
        }
    }

    /** Equal layers, one gathered ahead: the first gather is exposed, then the longer of gather and compute counts. */
    @Test
    void prefetchHidesAllButTheFirstGather() {
        assertThat(seconds(Collections.nCopies(6, unit(4, 3, 0, 0)), 1)).isCloseTo(3 + 6 * 4, within(1e-12));
        assertThat(seconds(Collections.nCopies(6, unit(3, 4, 0, 0)), 1)).isCloseTo(6 * 4 + 3, within(1e-12));
        assertThat(seconds(Collections.nCopies(6, unit(4, 3, 0, 0)), 0)).isCloseTo(6 * 7, within(1e-12));
    }

    /** A scatter runs beside the next layer's compute; the last one is exposed. */
    @Test
    void onlyTheLastScatterIsExposed() {
        assertThat(seconds(Collections.nCopies(6, unit(4, 0, 3, 0)), 1)).isCloseTo(6 * 4 + 3, within(1e-12));
    }

    /** Fetches of f s run ahead of gathers of g s: with free compute the slower of the two channels counts. */
    @Test
    void fetchesFromTheHostComeBeforeGathers() {
        List<Unit> slowFetch = Collections.nCopies(6, new Unit(PassCost.ZERO, 4, 3, 0, 0, 0));
        assertThat(seconds(slowFetch, 5)).isCloseTo(6 * 4 + 3, within(1e-12));
        List<Unit> slowGather = Collections.nCopies(6, new Unit(PassCost.ZERO, 3, 4, 0, 0, 0));
        assertThat(seconds(slowGather, 5)).isCloseTo(3 + 6 * 4, within(1e-12));
    }

    /** What would not pass if nothing lay on the host is waiting for it; the rest is waiting for the other ranks. */
    @Test
    void waitingIsSplitBetweenHostAndRanks() {
        PassCost cost = ShardedPass.cost(Collections.nCopies(6, new Unit(PassCost.ZERO, 4, 3, 0, 0, 0)), 5, 0);
        assertThat(cost.transfers().data()).isCloseTo(6 * 3, within(1e-12));
        assertThat(cost.transfers().host()).isCloseTo(6 * 4 + 3 - 6 * 3, within(1e-12));
    }

    /** Stores run beside later layers and do not slow them; the last one is exposed. */
    @Test
    void onlyTheLastStoreIsExposed() {
        PassCost cost = ShardedPass.cost(Collections.nCopies(6, new Unit(PassCost.compute(4), 0, 0, 0, 0, 3)), 1, 0);
        assertThat(cost.transfers().host()).isCloseTo(3, within(1e-12));
        assertThat(cost.seconds()).isCloseTo(6 * 4 + 3, within(1e-12));
    }

    /** A gather of 3 s beside a layer of 10 s costs it 0.5 x 3 s. */
    @Test
    void exchangesSlowTheKernelsBesideThem() {
        PassCost cost = ShardedPass.cost(List.of(unit(10, 1, 0, 0), unit(10, 3, 0, 0)), 1, 0.5);
        assertThat(cost.work().compute()).isEqualTo(20);
        assertThat(cost.transfers().data()).isCloseTo(1 + 1.5, within(1e-9));
    }

    /** Random passes: never faster than compute or channel alone, never slower than all in turn, and monotone. */
    @Test
    void boundsAndMonotonicity() {
        Random random = new Random(20230423);
        for (int trial = 0; trial < 500; trial++) {
            List<Unit> units = new ArrayList<>();
            int n = 1 + random.nextInt(12);
            for (int i = 0; i < n; i++) {
                units.add(unit(random.nextDouble(), random.nextDouble(), random.nextDouble(), random.nextDouble()));
            }
            int prefetch = random.nextInt(4);
            double compute =
                    units.stream().mapToDouble(u -> u.kernels().seconds()).sum();
            double channel =
                    units.stream().mapToDouble(u -> u.gather() + u.scatter()).sum();
            double across = units.stream().mapToDouble(Unit::acrossGroups).sum();
            double time = seconds(units, prefetch);
            assertThat(time).isBetween(Math.max(compute, channel) - 1e-9, compute + channel + across + 1e-9);
            assertThat(time).isCloseTo(naive(units, prefetch), within(1e-9));
            assertThat(ShardedPass.cost(units, prefetch, 0.2).seconds()).isGreaterThanOrEqualTo(time - 1e-9);
            List<Unit> slower = new ArrayList<>(units);
            int which = random.nextInt(n);
            Unit old = units.get(which);
            slower.set(which, new Unit(old.kernels(), old.gather() + 0.5, old.scatter(), old.acrossGroups()));
            assertThat(seconds(slower, prefetch)).isGreaterThanOrEqualTo(time - 1e-9);
        }
    }

    /** The recurrence as its equations, exchanges in the order in which the pass issues them. */
    private static double naive(List<Unit> units, int prefetch) {
        int n = units.size();
        double[] computed = new double[n];
        double[] gathered = new double[n];
        double channel = 0;
        double across = 0;
        int next = 0;
        for (int i = 0; i < n; i++) {
            for (; next <= Math.min(n - 1, i + prefetch); next++) {
                double allowed = next - 1 - prefetch < 0 ? 0 : computed[next - 1 - prefetch];
                channel = Math.max(channel, allowed) + units.get(next).gather();
                gathered[next] = channel;
            }
            double start = Math.max(i == 0 ? 0 : computed[i - 1], gathered[i]);
            computed[i] = start + units.get(i).kernels().seconds();
            channel = Math.max(channel, computed[i]) + units.get(i).scatter();
            across = Math.max(across, channel) + units.get(i).acrossGroups();
        }
        return Math.max(computed[n - 1], Math.max(channel, across));
    }
}
