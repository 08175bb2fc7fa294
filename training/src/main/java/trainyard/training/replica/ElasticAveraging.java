package trainyard.training.replica;

import trainyard.training.clock.GradientWork;
import trainyard.training.clock.WorkerListener;
import trainyard.training.optimizer.Optimizer;
import trainyard.training.optimizer.Sgd;
import trainyard.training.optimizer.VersionedParameters;
import trainyard.training.rule.Play;
import trainyard.training.rule.TrainingContext;
import trainyard.training.rule.UpdateRule;

/**
 * Elastic averaging (Zhang, Choromanska and LeCun 2015, arXiv 1412.6651), asynchronous EASGD; with Nesterov momentum in the
 * optimizer it is EAMSGD. Every so many steps a worker pulls the centre, and both go towards each other by the same way: {@code e
 * = alpha (w_i - c), w_i -= e, c += e}. It goes on while its way is sent to the servers. The centre is shown.
 *
 * @param elasticity alpha, in (0, 1); the paper has 0.9 / P
 * @param period steps from one exchange to the next, 1 or more; the paper has 10
 */
public record ElasticAveraging(double elasticity, int period) implements UpdateRule {

    public ElasticAveraging {
        if (!(elasticity > 0 && elasticity < 1) || period < 1) {
            throw new IllegalArgumentException(
                    "elasticity (" + elasticity + ") must be in (0, 1) and the period (" + period + ") 1 or more");
        }
    }

    @Override
    public String name() {
        return "easgd";
    }

    @Override
    public WorkerListener play(TrainingContext context) {
        return new Springs(context);
    }

    @Override
    public boolean needsServer() {
        return true;
    }

    @Override
    public boolean compresses() {
        return false;
    }

    @Override
    public Optimizer sharedOptimizer(Optimizer optimizer) {
        return Sgd.PLAIN;
    }

    /** A worker that fails pulls the centre when it is back and goes on from there, with a new optimizer. */
    private final class Springs extends Play {
        private final Replicas replicas;
        private final int[] steps;
        private final boolean[] isLost;

        Springs(TrainingContext context) {
            super(context);
            replicas = new Replicas(context);
            steps = new int[workers()];
            isLost = new boolean[workers()];
        }

        @Override
        protected void begin(int worker) {
            if (!isLost[worker] && (steps[worker] == 0 || steps[worker] % period != 0)) {
                replicas.compute(worker);
                return;
            }
            int turn = turn(worker);
            double[] centre = context.model().read();
            context.wire().pull(worker, context.parameterBytes(), () -> {
                if (turn(worker) == turn) {
                    pulled(worker, centre);
                }
            });
        }

        private void pulled(int worker, double[] centre) {
            VersionedParameters replica = replicas.of(worker);
            if (isLost[worker]) {
                isLost[worker] = false;
                replica.set(centre);
            } else {
                approach(worker, replica, centre);
            }
            replicas.compute(worker);
        }

        private void approach(int worker, VersionedParameters replica, double[] centre) {
            double[] own = replica.peek().clone();
            double[] back = new double[own.length];
            for (int i = 0; i < own.length; i++) {
                double way = elasticity * (own[i] - centre[i]);
                own[i] -= way;
                back[i] = -way;
            }
            replica.set(own);
            context.exchange().push(worker, () -> context.update(back, 1));
        }

        @Override
        public void computed(GradientWork work) {
            replicas.step(work);
            steps[work.worker()]++;
            begin(work.worker());
        }

        @Override
        public void failed(int worker) {
            super.failed(worker);
            isLost[worker] = true;
            replicas.of(worker).forget();
        }
    }
}
