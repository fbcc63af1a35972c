-- Kept as JSON of the document's schema Item. The identifier and the stock are columns only: the database counts what is
-- taken. What items are looked for and sorted by is a column too.
create table items (
  id uuid primary key,
  stock integer not null check (stock >= 0),
  price decimal(11, 2) not null,
  name sortable not null,
  folded_name varchar not null,
  color varchar,
  description text not null
);

create table places (
  aisle integer not null,
  shelf integer not null,
  box integer not null,
  number integer not null,
  item uuid not null references items,
  primary key (aisle, shelf, box, number)
);

-- Orders stay in the books: when the customer leaves, and when a pet is gone, hence no references to them.
create table orders (
  id uuid primary key,
  status varchar not null check (status in ('placed', 'paid', 'invoiced', 'cancelled')),
  placed_at timestamp with time zone not null,
  customer varchar not null,
  gift boolean not null,
  note varchar,
  ship_to text
);

create index orders_by_time on orders (placed_at);

create table order_lines (
  order_id uuid not null references orders,
  number integer not null,
  pet bigint,
  item uuid references items,
  quantity integer not null check (quantity > 0),
  kind varchar not null,
  amount decimal(13, 2) not null,
  primary key (order_id, number),
  check ((pet is null) <> (item is null))
);
