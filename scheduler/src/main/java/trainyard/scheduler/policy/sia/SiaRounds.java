package trainyard.scheduler.policy.sia;

import java.util.ArrayList;
import java.util.List;
import trainyard.scheduler.policy.SchedulingContext;
import trainyard.scheduler.policy.goodput.AllocationRounds;
import trainyard.scheduler.policy.goodput.AllocationRow;
import trainyard.scheduler.policy.goodput.TrainedJob;
import trainyard.scheduler.policy.goodput.TrainedJobs;

/**
 * Goodput-optimised scheduling on several types of GPU (Jayaram Subramanya et al., Sia, SOSP 2023). In rounds each job {@code i} gets one
 * {@link Configuration} {@code j}, GPUs of one type, or none, so that
 *
 * <pre>
 * sum over allocated i of (r G[i][j])^p + lambda x jobs without GPUs
 * </pre>
 *
 * is as small as possible for {@code p < 0}, or the same sum less {@code lambda} for each of them as large as possible for {@code p > 0}. {@code G} is the best goodput there, over the least that the job
 * can have anywhere, times the GPUs of that; of a job of which only the run time is known, the speed of its pool in its place. {@code r} is 1 for what a job has now and for one that has nothing, else
 * {@code (T - R d) / (T + d)} by its age, its restarts and the delay of one, once it is older than that delay.
 *
 * <p>{@link NodeChoice} then finds the nodes. What is left goes to jobs without GPUs, in the order of arrival, as few as they need. Jobs that may not be stopped keep what
 * they have, and get the GPUs that they want. Within a round nothing starts; where no job is present the next one begins a round at once.
 */
public final class SiaRounds extends AllocationRounds {

    private final SiaRules rules;

    /** A job with the configurations that it may have, and what each is worth over none. */
    private record Offer(List<Configuration> configurations, List<ConfigurationProgram.Option> options) {}

    public SiaRounds(SiaRules rules) {
        super(rules.profiles(), rules.roundNanos());
        this.rules = rules;
    }

    @Override
    public String name() {
        return "sia";
    }

    private List<GpuPool> pools(SchedulingContext context) {
        return rules.pools().isEmpty()
                ? List.of(new GpuPool("", context.nodes(), context.largestNode()))
                : rules.pools();
    }

    @Override
    protected AllocationRow[] allocated(SchedulingContext context, List<TrainedJob> movable) {
        List<GpuPool> pools = pools(context);
        int[] capacity = TrainedJobs.capacity(context, movable);
        NodeChoice nodes = new NodeChoice(pools, capacity, movable.size());
        int[] gpus = new int[pools.size()];
        for (int node = 0; node < capacity.length; node++) {
            gpus[nodes.pool(node)] += capacity[node];
        }
        Offers offers = new Offers(context, rules, pools);
        List<Offer> all = new ArrayList<>();
        for (TrainedJob job : movable) {
            all.add(offer(offers, job, now(context, nodes, job)));
        }
        int[] chosen = ConfigurationProgram.solve(
                        all.stream().map(Offer::options).toList(), gpus)
                .chosen();
        place(context, movable, all, chosen, nodes);
        handOut(movable, offers, nodes);
        return nodes.rows();
    }

    /** The configuration that a job has, if all its nodes are up and of one pool; null if not. */
    private static Configuration now(SchedulingContext context, NodeChoice nodes, TrainedJob job) {
        int pool = -1;
        for (int node = 0; node < context.nodes() && job.now().total() > 0; node++) {
            if (job.now().gpus(node) > 0) {
                boolean other = pool >= 0 && pool != nodes.pool(node);
                if (other || !context.isUp(node)) {
                    return null;
                }
                pool = nodes.pool(node);
            }
        }
        return pool < 0
                ? null
                : new Configuration(pool, job.now().total(), job.now().nodes());
    }

    private Offer offer(Offers offers, TrainedJob job, Configuration now) {
        List<Configuration> configurations = offers.of(job);
        double[] goodput = offers.goodputs(job, configurations);
        double factor = job.now().total() == 0 ? 1 : offers.restartFactor(job);
        List<ConfigurationProgram.Option> options = new ArrayList<>();
        for (int i = 0; i < goodput.length; i++) {
            Configuration one = configurations.get(i);
            double worth = worth(goodput[i] * (isSame(one, now) ? 1 : factor));
            options.add(new ConfigurationProgram.Option(one.pool(), offers.taken(one), worth));
        }
        return new Offer(configurations, options);
    }

    private static boolean isSame(Configuration one, Configuration now) {
        return now != null && one.pool() == now.pool() && one.gpus() == now.gpus();
    }

    /** What a goodput is worth over none. */
    private double worth(double goodput) {
        double powered = Math.pow(goodput, rules.power());
        return rules.unallocated() + (rules.power() < 0 ? -powered : powered);
    }

    private static void place(
            SchedulingContext context, List<TrainedJob> movable, List<Offer> offers, int[] chosen, NodeChoice nodes) {
        Configuration[] wanted = new Configuration[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            if (chosen[i] != ConfigurationProgram.NONE) {
                Configuration configuration = offers.get(i).configurations().get(chosen[i]);
                if (isSame(configuration, now(context, nodes, movable.get(i)))) {
                    nodes.keep(i, movable.get(i).now());
                } else {
                    wanted[i] = configuration;
                }
            }
        }
        nodes.place(wanted);
    }

    private static void handOut(List<TrainedJob> movable, Offers offers, NodeChoice nodes) {
        for (int i = 0; i < movable.size(); i++) {
            if (nodes.rows()[i].total() == 0) {
                List<Configuration> least = offers.least(movable.get(i));
                boolean placed = false;
                for (int j = 0; j < least.size() && !placed; j++) {
                    placed = nodes.placeOnFree(i, least.get(j));
                }
            }
        }
    }
}
