-- Signs what is sent to a subscriber, who has said it: whoever verifies with it needs it as it is, so no digest would do.
alter table subscriptions add column secret varchar;

-- Where a customer wants to be told what becomes of an order.
alter table orders add column callback_url varchar;
