package trainyard.training.replica;

import java.util.Arrays;
import trainyard.training.clock.GradientWork;
import trainyard.training.optimizer.VersionedParameters;
import trainyard.training.rule.TrainingContext;

/** The parameters of each worker. */
final class Replicas {
    private final TrainingContext context;
    private final VersionedParameters[] models;

    Replicas(TrainingContext context) {
        this.context = context;
        models = new VersionedParameters[context.workers().count()];
        Arrays.setAll(models, worker -> context.replica());
    }

    VersionedParameters of(int worker) {
        return models[worker];
    }

    /** Lets a worker compute a gradient at its own parameters. */
    void compute(int worker) {
        context.compute(worker, models[worker].read(), models[worker].version());
    }

    /** Changes a worker's own parameters by its gradient. */
    void step(GradientWork work) {
        context.step(work, models[work.worker()]);
    }

    /** Gives all workers the same parameters. */
    void setAll(double[] parameters) {
        for (VersionedParameters model : models) {
            model.set(parameters);
        }
    }

    /** What each worker is behind parameters: {@code w - w_i}. */
    double[][] behind(double[] parameters) {
        double[][] ways = new double[models.length][parameters.length];
        for (int worker = 0; worker < models.length; worker++) {
            double[] own = models[worker].peek();
            for (int i = 0; i < parameters.length; i++) {
                ways[worker][i] = parameters[i] - own[i];
            }
        }
        return ways;
    }

    /** The mean of all, a new array. */
    double[] mean() {
        double[] mean = new double[models[0].peek().length];
        for (VersionedParameters model : models) {
            double[] own = model.peek();
            for (int i = 0; i < mean.length; i++) {
                mean[i] += own[i];
            }
        }
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= models.length;
        }
        return mean;
    }
}
