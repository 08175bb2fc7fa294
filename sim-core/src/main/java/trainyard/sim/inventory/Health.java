package trainyard.sim.inventory;

/** What a part is worth to those who use it. */
public enum Health {
    /** At full speed. */
    UP,
    /** Works at a share of its speed. */
    SLOW,
    /** Does not work. */
    DOWN;

    /** The health of a part with this share of its speed left, in [0, 1]. */
    static Health of(double speed) {
        return speed >= 1 ? UP : speed > 0 ? SLOW : DOWN;
    }
}
