package trainyard.sim.network;

/**
 * Works out the rates of a component: the fair share of a link is what its fixed variables leave, divided by the weight
 * of the open ones; take the link with the least share, fix its open variables at it, repeat until all are fixed.
 *
 * <p>To fix variables at the least share never lowers the share of another link: that has {@code R - w s} left for
 * {@code W - w}, and {@code (R - w s) / (W - w) >= R / W} where {@code s <= R / W}. So the queue of shares may lag behind:
 * a link whose share has grown is found out when its turn comes, and put back.
 */
final class ProgressiveFilling {

    private static final int NONE = -1;

    private final ElementTable elements;
    private final Component component;
    private final FairShares shares;
    private final IntStack changed;
    private final ShareQueue queue;

    /** @param changed takes the variables whose rate becomes another one */
    ProgressiveFilling(ElementTable elements, Component component, FairShares shares, IntStack changed, int links) {
        this.elements = elements;
        this.component = component;
        this.shares = shares;
        this.changed = changed;
        queue = new ShareQueue(shares, links);
    }

    /** Fixes all variables of the component. */
    void fill() {
        queue.start(component.links());
        int open = component.variables();
        while (open > 0) {
            int link = queue.poll();
            double share = shares.share(link);
            if (share > queue.polledShare()) {
                queue.putBack(link, share);
            } else if (shares.isOpen(link)) {
                open -= fixAll(link, share);
            }
        }
    }

    private int fixAll(int link, double share) {
        int fixed = 0;
        for (int element = elements.firstOn(link); element != NONE; element = elements.after(element)) {
            int variable = elements.variableOf(element);
            if (component.fix(variable)) {
                takeShare(variable, share);
                fixed++;
            }
        }
        return fixed;
    }

    private void takeShare(int variable, double share) {
        double weight = elements.weight[variable];
        int end = elements.endOf(variable);
        for (int element = elements.firstOf(variable); element < end; element++) {
            shares.take(elements.linkOf(element), share * weight, weight);
        }
        if (elements.rate[variable] != share) {
            elements.rate[variable] = share;
            changed.push(variable);
        }
    }
}
