package trainyard.scheduler.policy.sia;

import java.util.ArrayList;
import java.util.List;

/**
 * GPUs of one type that a job may have together.
 *
 * @param pool number of the pool
 * @param gpus of the job, at least 1
 * @param nodes on which they are
 */
record Configuration(int pool, int gpus, int nodes) {

    /**
     * The valid set of a pool: powers of two up to a node, and whole nodes (Sia, section 3). Of these sizes any that fit by number find a place,
     * if nodes hold a power of two.
     *
     * @param number of the pool
     */
    static List<Configuration> of(int number, GpuPool pool) {
        List<Configuration> valid = new ArrayList<>();
        for (int gpus = 1; gpus < pool.gpusPerNode(); gpus *= 2) {
            valid.add(new Configuration(number, gpus, 1));
        }
        for (int nodes = 1; nodes <= pool.nodes(); nodes++) {
            valid.add(new Configuration(number, nodes * pool.gpusPerNode(), nodes));
        }
        return valid;
    }

    /** The least one of a valid set that holds a number of GPUs; that number of GPUs, if there is one. */
    static List<Configuration> holding(List<Configuration> valid, int gpus) {
        return valid.stream()
                .filter(one -> one.gpus() >= gpus)
                .limit(1)
                .map(one -> new Configuration(one.pool(), gpus, one.nodes()))
                .toList();
    }
}
