-- What clients that were away ask for when they come back, by the number of the last that they had.
create table adoption_news (
  number bigint primary key,
  pet bigint not null,
  name varchar not null,
  species varchar not null,
  happened_at timestamp with time zone not null
);

-- Whoever adds news holds this row until the end of the transaction, so numbers become visible in their order: a sequence
-- would not see to that.
create table adoption_news_latest (
  number bigint not null
);

insert into adoption_news_latest (number) values (0);

-- A photo may be larger than memory, so it is kept in pieces; each says at which octet of the photo it begins.
create table photo_pieces (
  pet bigint not null,
  number integer not null,
  begins_at bigint not null,
  content octets not null,
  primary key (pet, number, begins_at),
  foreign key (pet, number) references photos on delete cascade
);

insert into photo_pieces (pet, number, begins_at, content) select pet, number, 0, content from photos;

alter table photos add column size bigint;

update photos set size = octet_length(content);

alter table photos alter column size set not null;

-- Tells a photo from any other, as entity tags do.
alter table photos add column tag varchar;

update photos set tag = cast(pet as varchar) || '-' || cast(number as varchar);

alter table photos alter column tag set not null;

alter table photos add column added_at timestamp with time zone;

update photos set added_at = current_timestamp;

alter table photos alter column added_at set not null;

alter table photos drop column content;
