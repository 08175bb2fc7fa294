/**
 * Quotas of queues as in Kueue: what each may use of its own, what it may borrow from and lend to its cohort, and who is stopped
 * when an owner wants its own back. {@link trainyard.scheduler.quota.QuotaTree} keeps the books,
 * {@link trainyard.scheduler.quota.QuotaPolicy} decides.
 */
package trainyard.scheduler.quota;
