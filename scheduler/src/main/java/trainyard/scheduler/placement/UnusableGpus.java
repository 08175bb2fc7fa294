package trainyard.scheduler.placement;

import trainyard.scheduler.cluster.FreeGpus;

/** How much of what is free a typical job cannot use where it is. */
@FunctionalInterface
public interface UnusableGpus {

    /** In GPUs, from 0 to all that are free. */
    double gpus(FreeGpus free);
}
