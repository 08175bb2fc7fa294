package trainyard.scheduler.policy.sia;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.policy.SchedulingContext;
import trainyard.scheduler.policy.goodput.TrainedJob;
import trainyard.scheduler.policy.goodput.TrainedJobs;

/** Which configurations jobs may have in a round, and how much they get done with each. */
final class Offers {

    /** Of restarts, so that no power of it is infinite. */
    private static final double LEAST_FACTOR = 1e-3;

    private final SchedulingContext context;
    private final SiaRules rules;
    private final List<GpuPool> pools;
    /** The valid set of each pool. */
    private final List<List<Configuration>> valid = new ArrayList<>();

    Offers(SchedulingContext context, SiaRules rules, List<GpuPool> pools) {
        this.context = context;
        this.rules = rules;
        this.pools = pools;
        for (int pool = 0; pool < pools.size(); pool++) {
            valid.add(Configuration.of(pool, pools.get(pool)));
        }
    }

    /** Whether it is known how a job trains, and it may have other numbers of GPUs than it wants. */
    private boolean isElastic(TrainedJob job) {
        return job.training().isPresent() && context.job(job.job()).traits().preemptible();
    }

    /** Those that a job may have, of each pool that it can use from the fewest GPUs on. */
    List<Configuration> of(TrainedJob job) {
        ClusterJob submitted = context.job(job.job());
        int least = isElastic(job) ? submitted.traits().size().least(submitted.gpus()) : submitted.gpus();
        int most = isElastic(job) ? submitted.traits().size().most(submitted.gpus()) : submitted.gpus();
        List<Configuration> all = new ArrayList<>();
        for (int pool = 0; pool < pools.size(); pool++) {
            if (submitted.traits().takesGpuType(pools.get(pool).gpuType())) {
                all.addAll(between(valid.get(pool), least, most, job.mostGpus()));
            }
        }
        return all;
    }

    private List<Configuration> between(List<Configuration> valid, int least, int most, int had) {
        if (least == most) {
            return Configuration.holding(valid, least);
        }
        List<Configuration> between = valid.stream()
                .filter(one -> one.gpus() >= least && one.gpus() <= most)
                .toList();
        if (between.isEmpty()) {
            return Configuration.holding(valid, least);
        }
        int allowed = rules.explores() ? Math.max(between.get(0).gpus(), 2 * had) : most;
        return between.stream().filter(one -> one.gpus() <= allowed).toList();
    }

    /** The one with the fewest GPUs of each pool that a job can use, the fastest pool first. */
    List<Configuration> least(TrainedJob job) {
        List<Configuration> least = new ArrayList<>();
        for (Configuration one : of(job)) {
            if (least.isEmpty() || least.get(least.size() - 1).pool() != one.pool()) {
                least.add(one);
            }
        }
        least.sort(Comparator.<Configuration>comparingDouble(one -> -speed(job, one)));
        return least;
    }

    /** GPUs that a job takes away from others: those of the least valid configuration that holds it. */
    int taken(Configuration one) {
        return valid.get(one.pool()).stream()
                .mapToInt(Configuration::gpus)
                .filter(gpus -> gpus >= one.gpus())
                .findFirst()
                .orElseThrow();
    }

    /** How much a job gets done with each, over the least of them, times the GPUs of that. */
    double[] goodputs(TrainedJob job, List<Configuration> configurations) {
        double[] goodputs = new double[configurations.size()];
        double least = Double.POSITIVE_INFINITY;
        int gpus = 0;
        for (int i = 0; i < goodputs.length; i++) {
            goodputs[i] = goodput(job, configurations.get(i));
            if (goodputs[i] < least) {
                least = goodputs[i];
                gpus = configurations.get(i).gpus();
            }
        }
        for (int i = 0; i < goodputs.length; i++) {
            goodputs[i] *= gpus / least;
        }
        return goodputs;
    }

    private double goodput(TrainedJob job, Configuration one) {
        double speed = speed(job, one);
        if (!isElastic(job)) {
            return speed;
        }
        TrainedJob.Training training = job.training().orElseThrow();
        long left = context.workLeftNanos(job.job());
        return speed * training.goodput().of(training.parts().partOf(left), one.gpus(), one.nodes());
    }

    private double speed(TrainedJob job, Configuration one) {
        return rules.speeds().of(context.job(job.job()), pools.get(one.pool()).gpuType());
    }

    /** By which a job is worth less if it is stopped and started elsewhere; 1 for one that is younger than a restart takes. */
    double restartFactor(TrainedJob job) {
        boolean young = context.nowNanos() - context.submitNanos(job.job()) < rules.restartNanos();
        return young ? 1 : Math.max(TrainedJobs.restartFactor(context, job, rules.restartNanos()), LEAST_FACTOR);
    }
}
