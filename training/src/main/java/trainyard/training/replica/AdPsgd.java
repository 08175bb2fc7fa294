package trainyard.training.replica;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.training.clock.GradientWork;
import trainyard.training.clock.WorkerListener;
import trainyard.training.optimizer.VersionedParameters;
import trainyard.training.rule.Play;
import trainyard.training.rule.TrainingContext;
import trainyard.training.rule.UpdateRule;

/**
 * Asynchronous decentralised parallel SGD (Lian et al. 2018, arXiv 1710.06952). While a worker computes a gradient at its own
 * parameters it exchanges them with a neighbour drawn by chance, and both take over the mean of what they have when both
 * messages are there; then the gradient changes the worker's parameters. Each gradient is an update, and its staleness counts
 * the averages since it was begun. The mean of all replicas is shown.
 *
 * @param topology who is a neighbour of whom
 */
public record AdPsgd(GossipTopology topology) implements UpdateRule {

    @Override
    public String name() {
        return "ad-psgd";
    }

    @Override
    public WorkerListener play(TrainingContext context) {
        Gossip gossip =
                new Gossip(context, topology.neighbours(context.workers().count()));
        context.show(gossip.replicas::mean);
        return gossip;
    }

    @Override
    public boolean needsServer() {
        return false;
    }

    @Override
    public boolean compresses() {
        return false;
    }

    /** A neighbour that is down is passed over, and a worker that is back has the parameters that it had. */
    private static final class Gossip extends Play {
        private final Replicas replicas;
        private final List<List<Integer>> neighbours;
        private final UniformRandomProvider[] draws;
        private final boolean[] isMixed;
        private final GradientWork[] computed;

        Gossip(TrainingContext context, List<List<Integer>> neighbours) {
            super(context);
            replicas = new Replicas(context);
            this.neighbours = neighbours;
            draws = new UniformRandomProvider[workers()];
            Arrays.setAll(draws, worker -> context.random("gossip", worker));
            isMixed = new boolean[workers()];
            computed = new GradientWork[workers()];
        }

        @Override
        protected void begin(int worker) {
            isMixed[worker] = false;
            computed[worker] = null;
            replicas.compute(worker);
            exchange(worker, turn(worker));
        }

        private void exchange(int worker, int turn) {
            List<Integer> there = neighbours.get(worker).stream()
                    .filter(context.workers()::isUp)
                    .toList();
            if (there.isEmpty()) {
                isMixed[worker] = true;
                return;
            }
            int other = there.get(draws[worker].nextInt(there.size()));
            double bytes = context.parameterBytes();
            int[] missing = {2};
            Runnable arrived = () -> {
                missing[0]--;
                if (missing[0] == 0 && turn(worker) == turn) {
                    mix(worker, other);
                }
            };
            context.wire().send(worker, other, bytes, arrived);
            context.wire().send(other, worker, bytes, arrived);
        }

        private void mix(int worker, int other) {
            VersionedParameters mine = replicas.of(worker);
            VersionedParameters its = replicas.of(other);
            double[] mean = new double[mine.peek().length];
            for (int i = 0; i < mean.length; i++) {
                mean[i] = (mine.peek()[i] + its.peek()[i]) / 2;
            }
            mine.set(mean);
            its.set(mean);
            isMixed[worker] = true;
            apply(worker);
        }

        @Override
        public void computed(GradientWork work) {
            computed[work.worker()] = work;
            apply(work.worker());
        }

        private void apply(int worker) {
            if (isMixed[worker] && computed[worker] != null) {
                replicas.step(computed[worker]);
                context.updated();
                go(worker);
            }
        }
    }
}
