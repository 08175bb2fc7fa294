package trainyard.parallel.step.price;

import java.util.ArrayList;
import java.util.List;

/**
 * One pass of a micro-batch through layers whose weights or gradients are sharded. Three streams run side by side:
 *
 * <ul>
 *   <li>compute takes the layers one after another, each once its weights have come;
 *   <li>the group's channel gathers weights, at most {@code prefetch} layers ahead of the layer that computes, and
 *       scatters the sums of gradients once a layer has computed them, in the order of issue (gathers and scatters share
 *       the links and, in PyTorch FSDP, the communicator);
 *   <li>the channel between groups sums what the scatter left, if there are several groups;
 *   <li>the copy engines, one each way, fetch what lies on the host, in the order and as far ahead as the gathers, and
 *       store what a layer leaves there; they take nothing from the kernels.
 * </ul>
 *
 * <p>The pass ends when all are idle: the next one needs the memory (PyTorch FSDP waits for its reductions at the
 * end of each backward pass). With layers 1 to n, compute times c, fetches f, gathers g and scatters r, F, G, C, R for their ends:
 *
 * <pre>
 *   F_i = max(copy engine free, C_(i-1-prefetch)) + f_i
 *   G_i = max(channel free, F_i) + g_i
 *   C_i = max(C_(i-1), G_i) + c_i + cost of hidden x time that a channel is busy meanwhile
 *   R_i = max(channel free, C_i) + r_i
 * </pre>
 */
public final class ShardedPass {

    private final List<Unit> units;
    private final int prefetch;
    private final double costOfHidden;
    private final Channel group = new Channel();
    private final Channel betweenGroups = new Channel();
    private final Channel fromHost = new Channel();
    private final Channel toHost = new Channel();
    private final List<Double> gathered = new ArrayList<>();
    private final List<Double> computed = new ArrayList<>();

    private ShardedPass(List<Unit> units, int prefetch, double costOfHidden) {
        this.units = units;
        this.prefetch = prefetch;
        this.costOfHidden = costOfHidden;
    }

    /**
     * One layer of the pass.
     *
     * @param kernels its compute and what waits within it
     * @param fetch seconds to copy from the host what it needs, 0 if nothing lies there
     * @param gather seconds to gather its weights, 0 if they are there
     * @param scatter seconds to sum its gradients within the group, 0 if not done in this pass
     * @param acrossGroups seconds to sum its gradients over the groups, 0 if not done in this pass
     * @param store seconds to copy to the host what it leaves there, 0 if nothing
     */
    record Unit(PassCost kernels, double fetch, double gather, double scatter, double acrossGroups, double store) {

        /** A layer of which nothing lies on the host. */
        Unit(PassCost kernels, double gather, double scatter, double acrossGroups) {
            this(kernels, 0, gather, scatter, acrossGroups, 0);
        }

        boolean usesHost() {
            return fetch > 0 || store > 0;
        }

        Unit withoutHost() {
            return new Unit(kernels, gather, scatter, acrossGroups);
        }
    }

    /**
     * Cost of the pass. Time beyond the kernels' own is waiting for data-parallel ranks, and what would not pass if nothing
     * lay on the host is waiting for the host.
     *
     * @param units layers in the order of the pass
     * @param prefetch layers gathered ahead, not negative
     * @param costOfHidden what a second of exchange beside kernels costs them, in seconds
     */
    static PassCost cost(List<Unit> units, int prefetch, double costOfHidden) {
        PassCost kernels = PassCost.sum(units.stream().map(Unit::kernels).toList());
        double end = new ShardedPass(units, prefetch, costOfHidden).run();
        if (units.stream().noneMatch(Unit::usesHost)) {
            return kernels.plus(PassCost.data(Math.max(0, end - kernels.seconds())));
        }
        List<Unit> onDevice = units.stream().map(Unit::withoutHost).toList();
        double exchanged = Math.max(kernels.seconds(), new ShardedPass(onDevice, prefetch, costOfHidden).run());
        return kernels.plus(PassCost.data(exchanged - kernels.seconds()))
                .plus(PassCost.host(Math.max(0, end - exchanged)));
    }

    private double run() {
        for (int i = 0; i < units.size(); i++) {
            gatherUpTo(Math.min(units.size() - 1, i + prefetch));
            double start = Math.max(computedBy(i - 1), gathered.get(i));
            double end = beside(start, units.get(i).kernels().seconds());
            computed.add(end);
            double scattered = group.add(end, units.get(i).scatter());
            double summed = betweenGroups.add(scattered, units.get(i).acrossGroups());
            toHost.add(summed, units.get(i).store());
        }
        double idle = Math.max(group.free(), betweenGroups.free());
        return Math.max(Math.max(computedBy(units.size() - 1), idle), Math.max(fromHost.free(), toHost.free()));
    }

    private void gatherUpTo(int last) {
        for (int i = gathered.size(); i <= last; i++) {
            Unit unit = units.get(i);
            boolean there = unit.gather() == 0 && unit.fetch() == 0;
            double fetched = fromHost.add(computedBy(i - 1 - prefetch), unit.fetch());
            gathered.add(there ? 0.0 : group.add(fetched, unit.gather()));
        }
    }

    private double computedBy(int unit) {
        return unit < 0 ? 0 : computed.get(unit);
    }

    /** End of kernels that start at the given time: every second of an exchange beside them costs a share of it. */
    private double beside(double start, double seconds) {
        double end = start + seconds;
        double before = start;
        while (end > before) {
            double hidden = group.busy(before, end) + betweenGroups.busy(before, end);
            before = end;
            end += hidden * costOfHidden;
        }
        return end;
    }

    /** A stream of exchanges that run one after another. */
    private static final class Channel {

        private final List<double[]> exchanges = new ArrayList<>();
        private double free;

        /** Appends an exchange that can start at {@code ready}; returns its end. */
        double add(double ready, double seconds) {
            if (seconds == 0) {
                return ready;
            }
            double start = Math.max(ready, free);
            free = start + seconds;
            exchanges.add(new double[] {start, free});
            return free;
        }

        double free() {
            return free;
        }

        /** Seconds between two times in which an exchange runs. Only the latest exchanges can reach that far. */
        double busy(double from, double to) {
            double sum = 0;
            for (int i = exchanges.size() - 1; i >= 0 && exchanges.get(i)[1] > from; i--) {
                sum += Math.max(
                        0,
                        Math.min(to, exchanges.get(i)[1])
                                - Math.max(from, exchanges.get(i)[0]));
            }
            return sum;
        }
    }
}
