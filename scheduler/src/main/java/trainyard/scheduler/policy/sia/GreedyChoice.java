package trainyard.scheduler.policy.sia;

import java.util.List;
import trainyard.scheduler.policy.sia.ConfigurationProgram.Option;

/**
 * A good choice for a {@link ConfigurationProgram}: what each job likes best at the prices; then, while a pool gives more GPUs than it has, the change
 * that costs least for each GPU that comes free; then changes that are worth something, the largest gain first.
 */
final class GreedyChoice {

    private static final int NONE = ConfigurationProgram.NONE;

    private final List<List<Option>> jobs;
    private final double[] prices;
    private final int[] free;
    private final int[] chosen;

    GreedyChoice(List<List<Option>> jobs, int[] capacity, double[] prices) {
        this.jobs = jobs;
        this.prices = prices;
        free = capacity.clone();
        chosen = new int[jobs.size()];
    }

    int[] choose() {
        for (int job = 0; job < chosen.length; job++) {
            chosen[job] = favourite(job);
            take(job, 1);
        }
        for (int pool = 0; pool < free.length; pool++) {
            while (free[pool] < 0) {
                release(pool);
            }
        }
        while (improve()) {
            // Each change is worth something, so it ends.
        }
        return chosen;
    }

    private int favourite(int job) {
        int best = NONE;
        double most = 0;
        List<Option> options = jobs.get(job);
        for (int i = 0; i < options.size(); i++) {
            double reduced = reduced(options.get(i));
            if (reduced > most) {
                most = reduced;
                best = i;
            }
        }
        return best;
    }

    private double reduced(Option option) {
        return option.worth() - prices[option.pool()] * option.gpus();
    }

    private void take(int job, int sign) {
        if (chosen[job] != NONE) {
            Option option = jobs.get(job).get(chosen[job]);
            free[option.pool()] -= sign * option.gpus();
        }
    }

    private void change(int job, int option) {
        take(job, -1);
        chosen[job] = option;
        take(job, 1);
    }

    private void release(int pool) {
        int bestJob = NONE;
        int best = NONE;
        double least = Double.POSITIVE_INFINITY;
        for (int job = 0; job < chosen.length; job++) {
            if (chosen[job] == NONE || jobs.get(job).get(chosen[job]).pool() != pool) {
                continue;
            }
            Option now = jobs.get(job).get(chosen[job]);
            for (int i = NONE; i < jobs.get(job).size(); i++) {
                int freed = now.gpus();
                double loss = reduced(now);
                if (i != NONE) {
                    Option other = jobs.get(job).get(i);
                    if (other.pool() == pool ? other.gpus() >= now.gpus() : other.gpus() > free[other.pool()]) {
                        continue;
                    }
                    freed -= other.pool() == pool ? other.gpus() : 0;
                    loss -= reduced(other);
                }
                double cost = loss / Math.min(freed, -free[pool]);
                if (cost < least) {
                    least = cost;
                    bestJob = job;
                    best = i;
                }
            }
        }
        change(bestJob, best);
    }

    private boolean improve() {
        int bestJob = NONE;
        int best = NONE;
        double most = 0;
        for (int job = 0; job < chosen.length; job++) {
            List<Option> options = jobs.get(job);
            Option now = chosen[job] == NONE ? null : options.get(chosen[job]);
            double worth = now == null ? 0 : now.worth();
            for (int i = 0; i < options.size(); i++) {
                Option option = options.get(i);
                int room = free[option.pool()] + (now != null && now.pool() == option.pool() ? now.gpus() : 0);
                if (option.worth() - worth > most && option.gpus() <= room) {
                    most = option.worth() - worth;
                    bestJob = job;
                    best = i;
                }
            }
        }
        if (bestJob != NONE) {
            change(bestJob, best);
        }
        return bestJob != NONE;
    }
}
