package trainyard.sim.topology;

/** How the fabric's switches spread traffic over equally short routes. */
public enum LoadBalancing {
    /** Equal-cost multi-path: a hash of source, destination and label fixes the route, so that flows may collide. */
    ECMP,
    /**
     * Packets spread evenly over all routes, the ideal of adaptive routing and packet spraying. The uplinks of a switch
     * then act as one link of their summed capacity, and are built as one.
     */
    SPRAYED
}
