package trainyard.sim.collective;

/** What one collective costs on a given cluster when nothing else uses its links. */
public interface CollectiveModel {

    /**
     * @param operation what is done
     * @param bytes size as {@link Collective} defines it, not negative
     * @param group the ranks that take part
     * @return the time and the algorithm chosen; zero seconds for a group of one rank
     */
    CollectiveTime time(Collective operation, double bytes, GroupShape group);
}
