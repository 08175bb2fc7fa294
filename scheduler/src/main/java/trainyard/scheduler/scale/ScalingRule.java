package trainyard.scheduler.scale;

/** How many nodes there should be; one object serves one run. */
public interface ScalingRule {

    /** Nodes wanted now; what the bounds of the autoscaler leave of it is ordered. */
    int nodes(Demand demand);
}
