package trainyard.training.rule;

import java.util.List;
import java.util.Optional;
import trainyard.training.clock.GradientWork;
import trainyard.training.compression.Compressor;
import trainyard.training.gradient.GradientPath;
import trainyard.training.optimizer.VersionedParameters;
import trainyard.training.problem.Problem;

/** The values of gradients as they arrive where they are applied. What is returned is valid until the next call. */
final class Gradients {
    private final Problem problem;
    private final GradientPath path;
    private final Optional<Compressor> compressor;
    private final Ledger ledger;
    private final double[] computed;
    private final double[] arrived;

    Gradients(Problem problem, GradientPath path, Optional<Compressor> compressor, Ledger ledger) {
        this.problem = problem;
        this.path = path;
        this.compressor = compressor;
        this.ledger = ledger;
        computed = new double[problem.parameters()];
        arrived = compressor.isPresent() ? new double[computed.length] : computed;
    }

    /** The gradient of a work that a worker applies to parameters of its own. */
    double[] own(GradientWork work, VersionedParameters target) {
        compute(work, computed);
        return applied(work, target, computed);
    }

    /** The gradient of a work that a worker sends. */
    double[] sent(GradientWork work, VersionedParameters target) {
        compute(work, computed);
        compressor.ifPresent(link -> link.send(work.worker(), computed, arrived));
        return applied(work, target, arrived);
    }

    /** The gradient of a work as its worker has it. */
    double[] of(GradientWork work) {
        compute(work, computed);
        return computed;
    }

    private void compute(GradientWork work, double[] values) {
        problem.gradient(work.parameters(), work.batch(), values);
        path.atWorker(values);
    }

    private double[] applied(GradientWork work, VersionedParameters target, double[] values) {
        path.whereApplied(values, work.parameters(), target.peek());
        count(work, target);
        return values;
    }

    private void count(GradientWork work, VersionedParameters target) {
        ledger.apply(work.worker(), work.batch().examples(), target.version() - work.version());
    }

    /** The mean of gradients that workers bring together, all computed at the parameters of now. */
    double[] together(List<GradientWork> works, VersionedParameters target) {
        double[][] each = new double[works.size()][computed.length];
        for (int i = 0; i < each.length; i++) {
            compute(works.get(i), each[i]);
            count(works.get(i), target);
        }
        return mean(works.stream().mapToInt(GradientWork::worker).toArray(), each);
    }

    /** The mean of what workers bring together. */
    double[] mean(int[] workers, double[][] each) {
        if (compressor.isPresent()) {
            compressor.get().mean(workers, each, arrived);
            return arrived;
        }
        for (int i = 0; i < arrived.length; i++) {
            double sum = 0;
            for (double[] values : each) {
                sum += values[i];
            }
            arrived[i] = sum / each.length;
        }
        return arrived;
    }

    /** What arrives of values that a worker sends. */
    double[] sent(int worker, double[] values) {
        if (compressor.isEmpty()) {
            return values;
        }
        compressor.get().send(worker, values, arrived);
        return arrived;
    }

    /** Forgets what a worker remembered of its messages. */
    void forget(int worker) {
        compressor.ifPresent(link -> link.forget(worker));
    }
}
