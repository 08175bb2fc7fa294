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

    /**
     * The same where some links of the groups are slow.
     *
     * @throws UnsupportedOperationException if the model knows healthy links only
     */
    default CollectiveModel slowedTo(LinkShares left) {
        if (left.equals(LinkShares.FULL)) {
            return this;
        }
        throw new UnsupportedOperationException("this model of collectives knows healthy links only");
    }
}
